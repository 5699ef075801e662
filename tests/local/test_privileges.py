"""Nothing is allowed that is never called: each permission of each role, beside the calls of a full run."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from http import HTTPStatus
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from boto3.s3.transfer import TransferConfig

from function.contract import ROUTES, TASKS
from function.keys import photo_id
from function.values import Original
from local import emulator, library, records, upkeep
from local.library import Library
from tests.conftest import Client, awaited, fetch, sign_in

# What no function calls by itself, and who does.
NOT_ITS_OWN = {
    "sqs:ReceiveMessage": "Lambda's poller calls it with the worker's role",
    "sqs:DeleteMessage": "Lambda's poller calls it with the worker's role",
    "sqs:GetQueueAttributes": "Lambda's poller calls it with the worker's role",
    "logs:CreateLogStream": "Lambda calls it to keep what the function prints",
    "logs:PutLogEvents": "Lambda calls it to keep what the function prints",
    "xray:PutTraceSegments": "Lambda calls it where the stack is traced",
    "xray:PutTelemetryRecords": "Lambda calls it where the stack is traced",
    "states:StartExecution": "Step Functions calls it for the executions of a distributed map",
    "states:DescribeExecution": "Step Functions calls it for the executions of a distributed map",
    "states:StopExecution": "Step Functions calls it for the executions of a distributed map",
    "s3:ListBucket": "S3 looks whether it is allowed, to answer 404 and not 403 for an object that is not there",
}
# What a task of a state machine calls, and on what: the embedded Step Functions does not ask for the machine's role.
CALLED_BY_STATES: dict[str, tuple[str, Callable[[dict[str, str]], str]]] = {
    "arn:aws:states:::sqs:sendMessage": ("sqs:SendMessage", lambda given: _queue_arn(given["QueueUrl"])),
    "arn:aws:states:::s3:listObjectsV2": ("s3:ListBucket", lambda given: f"arn:aws:s3:::{given['Bucket']}"),
}
# What the gallery's owner asks for, one request per route and fault.
REQUESTS = {
    "GET /": ("/",),
    "GET /gallery/{path+}": ("/gallery/main.js", "/gallery/config.json", "/gallery/none.js"),
    "GET /photos": ("/photos", "/photos?shelf=failed&limit=1", "/photos?shelf=deleted", "/photos?limit=many"),
    "GET /photos/{id}": ("/photos/{id}", "/photos/nobody"),
    "POST /photos/{id}/reprocess": ("/photos/{id}/reprocess", "/photos/nobody/reprocess"),
    "DELETE /photos/{id}": ("/photos/{id}", "/photos/nobody"),
}


@dataclass(frozen=True, order=True)
class Permission:
    """One action on one resource, or on all that a pattern stands for."""

    role: str
    action: str
    resource: str

    def covers(self, call: "Permission") -> bool:
        return (self.role, self.action) == (call.role, call.action) and fnmatchcase(call.resource, self.resource)


@dataclass(frozen=True)
class Run:
    """What the roles allow, what was called with them, and what of that was refused."""

    allowed: frozenset[Permission]
    called: frozenset[Permission]
    refused: frozenset[Permission]


def unused(run: Run) -> list[Permission]:
    """What is allowed and was never called, but for what is not the function's own to call."""
    own = (permission for permission in run.allowed if permission.action not in NOT_ITS_OWN)
    return sorted(permission for permission in own if not any(map(permission.covers, run.called)))


def allowed(opened: Library) -> Iterator[Permission]:
    """Each action on each resource of each statement of the declared roles."""
    iam = opened.aws.client("iam")
    for role in iam.list_roles()["Roles"]:
        for policy in iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]:
            document = iam.get_role_policy(RoleName=role["RoleName"], PolicyName=policy)["PolicyDocument"]
            for statement in document["Statement"]:
                for action, resource in product(statement["Action"], statement["Resource"]):
                    yield Permission(role["RoleName"], action, resource)


def calls(decisions: Path, *, allowed: bool) -> frozenset[Permission]:
    """The calls with the functions' roles, of which each function has a session."""
    lines = (json.loads(line) for line in decisions.read_text().splitlines())
    return frozenset(
        Permission(line["caller"].split(":assumed-role/")[1].split("/")[0], line["action"], line["resource"])
        for line in lines
        if ":assumed-role/" in line["caller"] and line["allowed"] == allowed
    )


def calls_of_machines(opened: Library) -> Iterator[Permission]:
    """What the tasks of the declared state machines call, by their definitions."""
    client = opened.aws.client("stepfunctions")
    for machine in client.list_state_machines()["stateMachines"]:
        found = client.describe_state_machine(stateMachineArn=machine["stateMachineArn"])
        for task in tasks(json.loads(found["definition"])):
            action, resource = CALLED_BY_STATES[task["Resource"]]
            yield Permission(found["roleArn"].rpartition("/")[2], action, resource(task["Parameters"]))


def tasks(state: Any) -> Iterator[dict[str, Any]]:
    """Everything in a definition that calls something, however deep."""
    if isinstance(state, dict):
        if "Resource" in state:
            yield state
        for inner in state.values():
            yield from tasks(inner)


def _queue_arn(url: str) -> str:
    *_, account, name = url.split("/")
    return f"arn:aws:sqs:us-east-1:{account}:{name}"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, album: dict[str, Path]) -> Iterator[Run]:
    decisions = tmp_path_factory.mktemp("decisions") / "decisions.jsonl"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DECISIONS", str(decisions))
        with library.opened(tmp_path_factory.mktemp("privileges"), emulator.free_port()) as opened:
            Owner(opened, sign_in(opened), album).does_everything()
            yield Run(
                allowed=frozenset(allowed(opened)),
                called=calls(decisions, allowed=True) | frozenset(calls_of_machines(opened)),
                refused=calls(decisions, allowed=False),
            )


@dataclass(frozen=True)
class Owner:
    """Whoever uses the library in every way that there is."""

    library: Library
    client: Client
    album: dict[str, Path]

    def does_everything(self) -> None:
        self.uploads()
        self.fills_the_inbox()
        self.replaces_and_deletes()
        self.makes_events_that_are_late()
        self.has_what_was_given_up_tried_again()
        self.brings_everything_up_to_date()
        self.asks_for_every_route()
        awaited(lambda: not self.library.waiting())

    def uploads(self) -> None:
        """Every kind of file: a photo, a RAW file, a broken one, an empty one, another thing, a folder."""
        for key, path in self.album.items():
            self.put(f"originals/{key}", path.read_bytes())
        whole = self.album["2026/evening.jpg"].read_bytes()
        self.put("originals/broken.jpg", whole[: len(whole) // 2])
        self.put("originals/empty.jpg", b"")
        self.put("originals/notes.txt", b"milk, bread")
        self.put("originals/a folder/", b"")
        for key in (*self.album, "broken.jpg", "empty.jpg", "notes.txt"):
            awaited(self.known(key))

    def fills_the_inbox(self) -> None:
        """A photo, the same again, another of that name, and one whose ETag is that of its parts."""
        photo, other = (self.album[key].read_bytes() for key in ("2026/DSC_2107.jpg", "2026/evening.jpg"))
        for content in (photo, photo, photo + b"\0"):
            self.put("inbox/phone.jpg", content)
            awaited(lambda: not self.lies_in("inbox/phone.jpg"))
        awaited(self.known("2026/02/03/phone-1.jpg"))
        for _ in range(2):
            self.put_in_parts("inbox/parts.jpg", self.album["2026/evening.jpg"])
            awaited(lambda: not self.lies_in("inbox/parts.jpg"))
        self.put("inbox/empty.jpg", b"")
        self.put("inbox/notes.txt", other[:10])
        self.put("inbox/a folder/", b"")
        awaited(lambda: not self.lies_in("inbox/empty.jpg") and not self.lies_in("inbox/notes.txt"))

    def replaces_and_deletes(self) -> None:
        """A new version, which takes renditions away; a delete by a client; an old version that comes to light."""
        self.put("originals/turns.jpg", self.album["2026/evening.jpg"].read_bytes())
        awaited(self.known("turns.jpg"))
        self.put("originals/turns.jpg", b"no photo any more")
        awaited(lambda: self.known("turns.jpg")()["state"] == "unsupported")
        newest = self.library.s3.head_object(Bucket=self.library.originals_bucket, Key="originals/turns.jpg")
        self.library.s3.delete_object(
            Bucket=self.library.originals_bucket, Key="originals/turns.jpg", VersionId=newest["VersionId"]
        )
        awaited(lambda: self.known("turns.jpg")()["state"] == "ready")
        self.library.s3.delete_object(Bucket=self.library.originals_bucket, Key="originals/turns.jpg")
        awaited(lambda: self.known("turns.jpg")() is None)

    def makes_events_that_are_late(self) -> None:
        """Of an object that is gone, of one that never was, of a removal that is none."""
        there = min(self.album)
        for kind, key in (
            (records.CREATED, "originals/never.jpg"),
            (records.REMOVED, "originals/never.jpg"),
            (records.REMOVED, f"originals/{there}"),
        ):
            records.tell(self.library, kind, Original(key, None, "F0", datetime.now(UTC)))
        awaited(lambda: not self.library.waiting())

    def has_what_was_given_up_tried_again(self) -> None:
        """A photo with renditions among the dead letters: it is shown as failed, and tried again."""
        key = "2026/evening.jpg"
        gone = Original(f"originals/{key}", "new", "FE", datetime.now(UTC))
        dead_letters = self.library.aws.sqs.get_queue_url(QueueName="safelight-dev-intake-dead-letters")["QueueUrl"]
        records.tell(replace(self.library, queue_url=dead_letters), records.CREATED, gone)
        awaited(lambda: self.known(key)()["state"] == "failed")
        upkeep.replay(self.library)
        awaited(lambda: self.known(key)()["state"] == "ready")

    def brings_everything_up_to_date(self) -> None:
        """An index that was lost is made again, and every task that there is is done with every photo."""
        upkeep.forget(self.library)
        for task in ("rebuild", *TASKS):
            upkeep.run(self.library, task)

    def asks_for_every_route(self) -> None:
        assert set(REQUESTS) == {route.key for route in ROUTES}
        address = self.client("/photos?limit=1").json()["photos"][0]["renditions"][0]["url"]
        assert fetch(address).status == HTTPStatus.OK
        for route, paths in REQUESTS.items():
            for path in paths:
                answer = self.client(path.format(id=photo_id("2026/evening.jpg")), route.split(" ")[0])
                assert answer.status < HTTPStatus.INTERNAL_SERVER_ERROR, (route, path, answer.body)

    def put(self, key: str, content: bytes) -> None:
        self.library.s3.put_object(Bucket=self.library.originals_bucket, Key=key, Body=content)

    def put_in_parts(self, key: str, path: Path) -> None:
        parts = TransferConfig(multipart_threshold=1)
        self.library.s3.upload_file(str(path), self.library.originals_bucket, key, Config=parts)

    def lies_in(self, key: str) -> bool:
        found = self.library.s3.list_objects_v2(Bucket=self.library.originals_bucket, Prefix=key)
        return bool(found.get("Contents"))

    def known(self, key: str) -> Callable[[], Any]:
        def look() -> Any:
            answer = self.client(f"/photos/{photo_id(key)}")
            return answer.json() if answer.status == HTTPStatus.OK else None

        return look


def test_nothing_is_allowed_that_is_never_called(run: Run) -> None:
    assert unused(run) == []


def test_nothing_is_called_that_is_not_allowed(run: Run) -> None:
    assert run.called
    assert run.refused == frozenset()


def test_a_permission_too_many_is_named(run: Run) -> None:
    role = next(iter(run.allowed)).role
    spare = Permission(role, "s3:DeleteBucket", "arn:aws:s3:::any")
    assert unused(Run(run.allowed | {spare}, run.called, frozenset())) == [spare]


def test_an_exception_is_made_only_for_what_is_allowed(run: Run) -> None:
    """X-Ray's are those of a traced stack."""
    assert {action for action in NOT_ITS_OWN if not action.startswith("xray:")} <= {p.action for p in run.allowed}
