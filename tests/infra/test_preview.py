"""A preview of a stack that is not there yet: nothing of AWS's is known, and the program must not mind."""

import json
from typing import Any

import pytest

from local.stack import program
from local.stack.program import Declared
from local.stack.recorder import Recorder
from tests.infra.conftest import EVERYTHING

KEPT = {"adoptOriginals": "old-originals", "adoptRenditions": "old-renditions", "adoptIndex": "old-index"}
OIDC = {"issuer": "https://id.example.com", "audience": "photos"}
CHANGES: dict[str, dict[str, Any]] = {
    "as it is shipped": {},
    "with everything on": EVERYTHING,
    "with what another stack left": {f"safelight:{key}": name for key, name in KEPT.items()},
    "with another sign-in": {f"safelight:{key}": value for key, value in OIDC.items()},
    "with an image of its own": {"safelight:imageUri": f"registry/functions@sha256:{'1' * 64}"},
}


def previewed(stack: str, changes: dict[str, Any]) -> Declared:
    return program.run(stack, Recorder(unknown=True), changes=changes, preview=True)


@pytest.mark.parametrize("stack", ["dev", "prod"])
@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_a_preview_shows_every_resource_that_is_then_made(stack: str, changes: dict[str, Any]) -> None:
    made = program.run(stack, Recorder(), changes=changes)
    assert {r.urn for r in previewed(stack, changes).resources} == {r.urn for r in made.resources}


def test_nothing_of_awss_is_known_in_a_preview() -> None:
    def told(declared: Declared) -> str:
        return json.dumps([dict(resource.inputs) for resource in declared.resources], default=str)

    assert "arn:aws" in told(program.run("dev", Recorder()))
    assert "arn:aws" not in told(previewed("dev", {}))
