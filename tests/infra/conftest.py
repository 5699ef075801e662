from collections.abc import Callable
from typing import Any

import pytest

from local.stack import program
from local.stack.program import Declared, Resource
from local.stack.recorder import Recorder


@pytest.fixture(scope="session", params=["dev", "prod"])
def stack(request: pytest.FixtureRequest) -> Declared:
    """What each stack declares."""
    return program.run(request.param, Recorder())


@pytest.fixture(scope="session")
def dev() -> Declared:
    return program.run("dev", Recorder())


@pytest.fixture(scope="session")
def declare() -> Callable[..., Declared]:
    """Runs the program with changes to the configuration of dev."""
    return lambda **changes: program.run("dev", Recorder(), changes={f"safelight:{k}": v for k, v in changes.items()})


# Every switch that makes the program declare more.
EVERYTHING = {
    "safelight:alarmEmail": "owner@example.com",
    "safelight:monthlyBudgetUsd": 20,
    "safelight:tracing": True,
    "safelight:rekognition": True,
    "safelight:postscript": True,
}


def of_type(declared: Declared, token: str) -> list[Resource]:
    return [resource for resource in declared.resources if resource.type == token]


def named(declared: Declared, name: str) -> Resource:
    return next(resource for resource in declared.resources if resource.name.endswith(name))


def inputs(declared: Declared, name: str) -> dict[str, Any]:
    return dict(named(declared, name).inputs)
