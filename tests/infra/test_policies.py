"""What each role may do, and above all what it may not."""

import json
from fnmatch import fnmatchcase
from typing import Any

import pytest

from local.stack import program
from local.stack.program import Declared
from local.stack.recorder import Recorder
from tests.infra.conftest import EVERYTHING, inputs, named, of_type

# These actions of Rekognition and of X-Ray have no resources to name.
NAMED_WILDCARDS = {
    ("rekognition:DetectLabels", "*"),
    ("xray:PutTraceSegments", "*"),
    ("xray:PutTelemetryRecords", "*"),
    # Those of EC2 name no resource, or none that is there already.
    ("ec2:CreateNetworkInterface", "*"),
    ("ec2:DescribeNetworkInterfaces", "*"),
    ("ec2:DeleteNetworkInterface", "*"),
    ("ec2:DescribeSubnets", "*"),
    ("ec2:AssignPrivateIpAddresses", "*"),
    ("ec2:UnassignPrivateIpAddresses", "*"),
}


def statements(declared: Declared, function: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(inputs(declared, f"-{function}-permissions")["policy"])["Statement"]
    return found


def allows(declared: Declared, function: str, action: str, resource: str) -> bool:
    return any(
        statement["Effect"] == "Allow"
        and any(fnmatchcase(action, pattern) for pattern in statement["Action"])
        and any(fnmatchcase(resource, pattern) for pattern in statement["Resource"])
        for statement in statements(declared, function)
    )


def arn(declared: Declared, name: str) -> str:
    return str(named(declared, name).outputs["arn"])


@pytest.mark.parametrize("function", ["worker", "api", "postscript"])
def test_no_action_and_no_resource_is_a_wildcard_without_a_named_reason(function: str) -> None:
    for statement in statements(program.run("prod", Recorder(), changes=EVERYTHING), function):
        for action in statement["Action"]:
            assert "*" not in action
            for resource in statement["Resource"]:
                assert resource != "*" or (action, resource) in NAMED_WILDCARDS


@pytest.mark.parametrize(
    "action", ["s3:PutObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:PutBucketPolicy", "s3:ListBucket"]
)
def test_the_api_neither_reads_nor_writes_originals(stack: Declared, action: str) -> None:
    assert not allows(stack, "api", action, f"{arn(stack, '-originals')}/originals/a.jpg")
    assert not allows(stack, "api", action, arn(stack, "-originals"))


def test_the_api_deletes_originals_into_the_trash_alone(stack: Declared) -> None:
    assert allows(stack, "api", "s3:DeleteObject", f"{arn(stack, '-originals')}/originals/a.jpg")
    assert not allows(stack, "api", "s3:DeleteObject", f"{arn(stack, '-originals')}/inbox/a.jpg")


def test_the_api_only_reads_renditions(stack: Declared) -> None:
    rendition = f"{arn(stack, '-renditions')}/512/a.jpg.jpg"
    assert allows(stack, "api", "s3:GetObject", rendition)
    assert not allows(stack, "api", "s3:PutObject", rendition)
    assert not allows(stack, "api", "s3:DeleteObject", rendition)


@pytest.mark.parametrize("action", ["dynamodb:Scan", "dynamodb:DeleteTable"])
@pytest.mark.parametrize("function", ["worker", "api"])
def test_no_function_scans_or_empties_the_index(stack: Declared, function: str, action: str) -> None:
    assert not allows(stack, function, action, arn(stack, "-index"))


# The embedded AWS does not know this condition; AWS does.
@pytest.mark.parametrize("action", ["dynamodb:DeleteItem", "dynamodb:BatchWriteItem"])
def test_postings_alone_are_removed_from_the_index(stack: Declared, action: str) -> None:
    assert not allows(stack, "api", action, arn(stack, "-index"))
    for function in ("worker", "failures"):
        removing = [statement for statement in statements(stack, function) if action in statement["Action"]]
        assert [statement["Condition"] for statement in removing] == [
            {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["list#*"]}}
        ]


def test_the_api_sends_nothing_to_the_topic_and_reads_no_queue(stack: Declared) -> None:
    assert not allows(stack, "api", "sns:Publish", arn(stack, "-events"))
    assert not allows(stack, "api", "sqs:ReceiveMessage", arn(stack, "-intake"))


def test_the_worker_reads_originals_but_deletes_none(stack: Declared) -> None:
    original = f"{arn(stack, '-originals')}/originals/a.jpg"
    assert allows(stack, "worker", "s3:GetObjectVersion", original)
    assert not allows(stack, "worker", "s3:DeleteObject", original)
    assert not allows(stack, "worker", "s3:DeleteObjectVersion", original)


def test_the_worker_gives_up_a_copy_in_parts_that_failed(stack: Declared) -> None:
    bucket = arn(stack, "-originals")
    assert allows(stack, "worker", "s3:AbortMultipartUpload", f"{bucket}/originals/a.jpg")
    assert not allows(stack, "worker", "s3:AbortMultipartUpload", f"{bucket}/inbox/a.jpg")


def test_s3_tells_the_worker_that_an_object_is_gone_and_not_that_it_is_forbidden(stack: Declared) -> None:
    assert allows(stack, "worker", "s3:ListBucket", arn(stack, "-originals"))


def test_the_worker_writes_renditions(stack: Declared) -> None:
    assert allows(stack, "worker", "s3:PutObject", f"{arn(stack, '-renditions')}/512/a.jpg.jpg")


def test_the_worker_knows_no_users(stack: Declared) -> None:
    assert not any("cognito" in action for s in statements(stack, "worker") for action in s["Action"])


def test_the_worker_cannot_send_to_its_own_queue(stack: Declared) -> None:
    assert not allows(stack, "worker", "sqs:SendMessage", arn(stack, "-intake"))


# Lambda does these in the function's name; the embedded AWS does not ask for them, AWS does.
@pytest.mark.parametrize("action", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"])
def test_lambda_may_hand_the_worker_the_messages_of_its_queue(stack: Declared, action: str) -> None:
    assert allows(stack, "worker", action, arn(stack, "-intake"))
    assert not allows(stack, "worker", action, arn(stack, "intake-dead-letters"))


@pytest.mark.parametrize("function", ["worker", "api"])
def test_each_function_writes_its_own_log_alone(stack: Declared, function: str) -> None:
    other = "api" if function == "worker" else "worker"
    for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
        assert allows(stack, function, action, f"{arn(stack, f'-{function}-log')}:stream")
    assert not allows(stack, function, "logs:PutLogEvents", f"{arn(stack, f'-{other}-log')}:stream")


def test_rekognition_is_allowed_only_behind_its_switch(dev: Declared, declare: Any) -> None:
    assert not allows(dev, "worker", "rekognition:DetectLabels", "*")
    assert allows(declare(rekognition=True), "worker", "rekognition:DetectLabels", "*")
    assert not allows(declare(rekognition=True), "api", "rekognition:DetectLabels", "*")
    assert not allows(dev, "worker", "dynamodb:UpdateItem", arn(dev, "-index"))


def test_the_worker_counts_budgets_and_changes_nothing_else_so(declare: Any) -> None:
    counting = [s for s in statements(declare(rekognition=True), "worker") if "dynamodb:UpdateItem" in s["Action"]]
    assert [statement["Condition"] for statement in counting] == [
        {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["budget#*"]}}
    ]


def test_who_asks_for_labels_reads_one_list_and_sends_to_one_queue(declare: Any) -> None:
    declared = declare(rekognition=True)
    query, send = statements(declared, "labelling-machine")
    assert (query["Action"], query["Resource"]) == (["dynamodb:Query"], [arn(declared, "-index")])
    assert query["Condition"] == {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["list#unlabelled"]}}
    assert (send["Action"], send["Resource"]) == (["sqs:SendMessage"], [arn(declared, "-intake")])
    (start,) = statements(declared, "labelling-schedule")
    assert (start["Action"], start["Resource"]) == (["states:StartExecution"], [arn(declared, "-labelling")])


def tracing(declared: Declared) -> set[str]:
    return {found.inputs["tracingConfig"]["mode"] for found in of_type(declared, "aws:lambda/function:Function")}


@pytest.mark.parametrize("function", ["worker", "api"])
def test_traces_are_allowed_only_behind_their_switch(dev: Declared, declare: Any, function: str) -> None:
    assert tracing(dev) == {"PassThrough"}
    assert not allows(dev, function, "xray:PutTraceSegments", "*")
    traced = declare(tracing=True)
    assert tracing(traced) == {"Active"}
    assert allows(traced, function, "xray:PutTraceSegments", "*")


@pytest.mark.parametrize("function", ["worker", "api"])
def test_lambda_alone_takes_on_a_functions_role(stack: Declared, function: str) -> None:
    (trust,) = json.loads(inputs(stack, f"-{function}-role")["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert trust["Action"] == "sts:AssumeRole"
