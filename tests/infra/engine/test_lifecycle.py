"""Two people's `dev` in one account, with everything switched on, from the first preview until nothing is left."""

import dataclasses
import json

import pytest
from botocore.exceptions import ClientError

from local.pictures import draw_library
from tests.conftest import awaited
from tests.infra.conftest import EVERYTHING
from tests.infra.engine.lookups import LOOKUPS, is_there
from tests.infra.engine.naming import RULES
from tests.infra.engine.project import Project, copy_program

NO_PREVIEW = ("up", "--yes", "--skip-preview")


@pytest.fixture(scope="module")
def neighbour(live: Project) -> Project:
    """Another person's checkout and state, for the same account."""
    folder = live.folder.parent / "neighbour"
    copy_program(folder)
    return dataclasses.replace(live, folder=folder)


def made(project: Project) -> dict[str, tuple[str, dict[str, object]]]:
    """The type and the properties of all that the stack has made, by URN."""
    return {
        each["urn"]: (each["type"], {**each["outputs"], "id": each["id"]})
        for each in project.resources("dev")
        if each["custom"] and not each["type"].startswith("pulumi:")
    }


def named(project: Project) -> set[str]:
    """The names in AWS of all the stack's resources that have one, and every ARN."""
    found = made(project).values()
    names = {str(properties[RULES[kind].name]) for kind, properties in found if kind in RULES}
    return names | {str(properties["arn"]) for _, properties in found if "arn" in properties}


@pytest.mark.parametrize(
    ("stack", "changes", "sentence"),
    [
        ("wrong", {"safelight:workerMemory": 1}, "safelight:workerMemory is '1'; it takes a whole number"),
        ("My_Photos", {}, "the stack's name is 'My_Photos'; it takes up to 22 lower-case letters"),
    ],
)
def test_a_wrong_configuration_is_refused_in_one_sentence(
    live: Project, stack: str, changes: dict[str, object], sentence: str
) -> None:
    live.make(stack, "dev", changes)
    refused = live.refuses("up", "--yes", "--skip-preview", stack=stack)
    assert sentence in refused
    assert not [word for word in ("Traceback", "unhandled", "exit code", "infra/") if word in refused]
    assert not [each for each in live.resources(stack) if each["custom"]]


def test_a_preview_makes_nothing_and_knows_nothing_of_awss(live: Project) -> None:
    live.make("dev", "dev", EVERYTHING)
    planned = json.loads(live.does("preview", "--json", stack="dev"))
    assert {step["op"] for step in planned["steps"]} == {"create"}
    assert len(planned["steps"]) > 100
    assert "arn:aws:sqs" not in json.dumps(planned)
    assert not live.embedded.aws.s3.list_buckets()["Buckets"]


def test_a_failure_in_the_middle_is_made_good_by_the_next_up(live: Project) -> None:
    failed = live.refuses(*NO_PREVIEW, stack="dev", FAIL="dev-worker")
    assert "the service is out of order" in failed
    assert live.embedded.aws.s3.list_buckets()["Buckets"]
    live.does(*NO_PREVIEW, stack="dev")
    live.does("preview", "--expect-no-changes", stack="dev")
    live.does("refresh", "--yes", "--skip-preview", "--expect-no-changes", stack="dev")


def test_a_photo_gets_its_renditions_through_the_declared_handlers(
    live: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outputs = json.loads(live.does("stack", "output", "--json", stack="dev"))
    photo = draw_library(tmp_path_factory.mktemp("photos"))[0]
    s3 = live.embedded.aws.s3
    s3.put_object(Bucket=outputs["originals_bucket"], Key="originals/first.jpg", Body=photo.read_bytes())

    def rendered() -> set[str]:
        found = s3.list_objects_v2(Bucket=outputs["renditions_bucket"]).get("Contents", [])
        return {entry["Key"].split("/")[0] for entry in found}

    awaited(lambda: {"2048", "1024", "512", "256"} <= rendered())


def test_two_stacks_of_one_name_share_nothing(live: Project, neighbour: Project) -> None:
    neighbour.make("dev", "dev", EVERYTHING)
    neighbour.does(*NO_PREVIEW, stack="dev")
    assert len(named(live)) > 50
    assert not named(live) & named(neighbour)
    neighbour.does("destroy", "--yes", "--skip-preview", stack="dev")
    live.does("refresh", "--yes", "--skip-preview", "--expect-no-changes", stack="dev")


def test_destroy_leaves_nothing(live: Project) -> None:
    before = made(live)
    live.does("destroy", "--yes", "--skip-preview", stack="dev")
    assert live.resources("dev") == []
    assert [urn for urn, (kind, properties) in before.items() if is_left(live, kind, properties)] == []


def is_left(project: Project, kind: str, properties: dict[str, object]) -> bool:
    """Tell whether AWS still has the resource: what has no call of its own is a part of another."""
    try:
        return LOOKUPS[kind] is not None and is_there(project.embedded.aws, kind, properties)
    except ClientError:
        return False  # what it is a part of is gone
