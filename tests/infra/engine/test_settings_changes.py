"""A released stack is brought up to date, and each of its settings is changed: what holds photos and users stays."""

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.settings import Settings, key
from local.provider import EmulatorProvider
from local.stack import program
from local.stack.recorder import Recorder
from tests.infra.conftest import EVERYTHING
from tests.infra.engine.project import Project
from tests.infra.test_teardown import STATEFUL

# The state of a stack `released` of `prod` with everything switched on, as the program of version 0.1.0 left it.
RELEASED = Path(__file__).with_name("released.json")
OIDC = {"safelight:issuer": "https://id.example.com", "safelight:audience": "165391939328123457"}
# Another legal value of each setting, with what has to change with it.
CHANGES: dict[str, dict[str, Any]] = {
    "aws:region": {"aws:region": "eu-central-1"},
    "safelight:forceDestroy": {"safelight:forceDestroy": True},
    "safelight:logRetentionDays": {"safelight:logRetentionDays": 14},
    "safelight:renditions": {"safelight:renditions": [{"size": 900, "format": "webp"}]},
    "safelight:originalsPrefix": {"safelight:originalsPrefix": "photos/"},
    "safelight:inboxPrefix": {"safelight:inboxPrefix": "new/"},
    "safelight:inboxPattern": {"safelight:inboxPattern": "{year}/{name}"},
    "safelight:archiveClass": {"safelight:archiveClass": "STANDARD_IA"},
    "safelight:archiveAfterDays": {"safelight:archiveAfterDays": 60},
    "safelight:trashDays": {"safelight:trashDays": 10},
    "safelight:architecture": {"safelight:architecture": "x86_64"},
    "safelight:workerMemory": {"safelight:workerMemory": 4096},
    "safelight:workerTimeout": {"safelight:workerTimeout": 300},
    "safelight:apiMemory": {"safelight:apiMemory": 1024},
    "safelight:batchSize": {"safelight:batchSize": 5},
    "safelight:maximumConcurrency": {"safelight:maximumConcurrency": 8},
    "safelight:maximumReceives": {"safelight:maximumReceives": 5},
    "safelight:signedUrlSeconds": {"safelight:signedUrlSeconds": 600},
    "safelight:rekognition": {"safelight:rekognition": False},
    "safelight:rekognitionMonthlyImages": {"safelight:rekognitionMonthlyImages": 100},
    "safelight:postscript": {"safelight:postscript": False},
    "safelight:deletionProtection": {"safelight:deletionProtection": False},
    "safelight:issuer": {**OIDC, "safelight:keepUsers": True},
    "safelight:audience": OIDC,
    "safelight:keepUsers": {"safelight:keepUsers": True},
    "safelight:tracing": {"safelight:tracing": False},
    "safelight:alarmEmail": {"safelight:alarmEmail": "other@example.com"},
    "safelight:monthlyBudgetUsd": {"safelight:monthlyBudgetUsd": 30},
    "safelight:imageUri": {"safelight:imageUri": f"registry/functions@sha256:{'1' * 64}"},
    "safelight:adoptOriginals": {"safelight:adoptOriginals": "left-originals"},
    "safelight:adoptRenditions": {"safelight:adoptRenditions": "left-renditions"},
    "safelight:adoptIndex": {"safelight:adoptIndex": "left-index"},
}
# These would delete what holds photos or users. docs/deploy.md says so, and a protected stack refuses each of them.
REFUSED = {
    "aws:region",
    "safelight:audience",  # an issuer without keepUsers
    "safelight:adoptOriginals",
    "safelight:adoptRenditions",
}
# This one is not refused: the table gives way, and is left in the account (see test_adoption.py).
LEAVES = "safelight:adoptIndex"
KEEPING = {"same", "read", "update", "refresh"}
# What this version takes away or replaces in the released stack: a route has another name, and so has the dashboard.
GIVING_WAY = {"safelight-released-api GET /terms/{term}", "safelight-released-monitoring-dashboard"}


@pytest.fixture(scope="module")
def released(live: Project) -> Project:
    """The released stack, and what a stack before it left in the account."""
    live.make("released", "prod", EVERYTHING)
    # The state keeps its secrets in the open; Pulumi encrypts them again.
    live.does("stack", "import", "--file", str(RELEASED), stack="released")
    maker = EmulatorProvider(live.embedded.aws)
    for resource in program.run("prod", Recorder()).resources:
        for part in ("originals", "renditions", "index"):
            if resource.type in STATEFUL and resource.name.endswith(f"-{part}"):
                maker.make(resource.type, f"left-{part}", dict(resource.inputs))
    return live


class Previews:
    """Previews of the released stack with other settings, two at a time: each has a file of settings of its own."""

    def __init__(self, project: Project, pool: ThreadPoolExecutor) -> None:
        self._project, self._pool = project, pool
        self._started = {key: self.start(key, changes) for key, changes in CHANGES.items()}

    def start(self, name: str, changes: dict[str, Any]) -> Future[Any]:
        given = yaml.safe_load((self._project.folder / "Pulumi.released.yaml").read_text())
        given["config"].update(changes)
        path = self._project.folder / f"{name.replace(':', '-')}.yaml"
        path.write_text(yaml.safe_dump(given))
        return self._pool.submit(self._preview, path)

    def __getitem__(self, key: str) -> Any:
        return self._started[key].result()

    def _preview(self, path: Path) -> Any:
        return self._project.pulumi("preview", "--json", "--config-file", str(path), stack="released")


@pytest.fixture(scope="module")
def previews(released: Project) -> Iterator[Previews]:
    with ThreadPoolExecutor(2) as pool:
        yield Previews(released, pool)


def losses(printed: str) -> list[str]:
    """The steps of a plan that replace or delete what holds photos or users."""
    steps = json.loads(printed)["steps"]
    return [
        f"{step['op']} {step['urn']}"
        for step in steps
        if step["op"] not in KEEPING and any(f"${kind}::" in step["urn"] for kind in STATEFUL)
    ]


def test_every_setting_is_changed_here() -> None:
    assert CHANGES.keys() == {key(setting) for setting in fields(Settings)}


def test_a_released_stack_is_brought_up_to_date(released: Project) -> None:
    planned = released.does("preview", "--json", stack="released")
    assert losses(planned) == []
    steps = json.loads(planned)["steps"]
    assert {step["urn"].rpartition("::")[2] for step in steps if step["op"] not in {*KEEPING, "create"}} == GIVING_WAY


@pytest.mark.parametrize("key", CHANGES)
def test_a_change_of_a_setting_keeps_photos_and_users_or_is_refused(previews: Previews, key: str) -> None:
    done = previews[key]
    if key in REFUSED:
        assert done.returncode != 0
        assert "protect" in done.stdout + done.stderr
    else:
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr
        assert not [loss for loss in losses(done.stdout) if key != LEAVES or "-index" not in loss]


@pytest.mark.parametrize("key", sorted({*REFUSED, LEAVES} - {"safelight:audience"}))
def test_without_protection_the_named_few_lose_what_they_replace(previews: Previews, key: str) -> None:
    done = previews.start(f"unprotected {key}", {**CHANGES[key], "safelight:forceDestroy": True}).result()
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert losses(done.stdout)


def test_an_audience_of_digits_arrives_whole(previews: Previews) -> None:
    assert '"165391939328123457"' in previews["safelight:issuer"].stdout


def test_no_checkout_is_in_what_is_declared(released: Project) -> None:
    planned = json.loads(released.does("preview", "--json", stack="released"))
    build = next(step for step in planned["steps"] if "docker-build:index:Image::" in step["urn"])
    assert str(released.folder) not in json.dumps(build["newState"]["inputs"])
