"""Nothing is allowed that is never called: each permission of each role, beside the calls of a full run."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from local.emulator.process import free_port
from local.library.library import Library, open_library
from tests.conftest import sign_in
from tests.support.local_owner import Owner

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
    "s3:AbortMultipartUpload": "only a copy in parts that fails is given up",
    "s3:ListBucket": "S3 looks whether it is allowed, to answer 404 and not 403 for an object that is not there",
}
# What a task of a state machine calls, and on what: the embedded Step Functions does not ask for the machine's role.
CALLED_BY_STATES: dict[str, tuple[str, Callable[[dict[str, str]], str]]] = {
    "arn:aws:states:::sqs:sendMessage": ("sqs:SendMessage", lambda given: _queue_arn(given["QueueUrl"])),
    "arn:aws:states:::s3:listObjectsV2": ("s3:ListBucket", lambda given: f"arn:aws:s3:::{given['Bucket']}"),
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
        with open_library(tmp_path_factory.mktemp("privileges"), free_port()) as opened:
            Owner(opened, sign_in(opened), album).uses_every_feature()
            yield Run(
                allowed=frozenset(allowed(opened)),
                called=calls(decisions, allowed=True) | frozenset(calls_of_machines(opened)),
                refused=calls(decisions, allowed=False),
            )


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
