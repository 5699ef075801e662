"""Who may do what: pure functions from ARNs to IAM statements. Nothing else in the stack writes a permission."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from function.contract.table import BUDGET_PREFIX, LIST_PREFIX, RECORDS_PREFIX, UNLABELLED

Statement = dict[str, Any]
CONFUSED_DEPUTY = "aws:SourceArn"


def document(statements: Iterable[Statement]) -> str:
    """The statements as a policy document in JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(actions: Sequence[str], *resources: str) -> Statement:
    """The actions on the resources, and no others."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}


def trust(service: str) -> list[Statement]:
    """The service alone may take on the role."""
    return [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}]


def tls_only(bucket_arn: str) -> list[Statement]:
    """Nobody, its owner included, reaches the bucket over plain HTTP."""
    return [
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",  # every action, because it denies
            "Resource": [bucket_arn, f"{bucket_arn}/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ]


def queue_access(queue_arn: str, bucket_arn: str, account: str) -> list[Statement]:
    """The one bucket alone, of the same account, sends to the queue; nobody reaches it over plain HTTP."""
    return [
        {
            "Sid": "OriginalsBucketSends",
            "Effect": "Allow",
            "Principal": {"Service": "s3.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": queue_arn,
            "Condition": {"ArnEquals": {CONFUSED_DEPUTY: bucket_arn}, "StringEquals": {"aws:SourceAccount": account}},
        },
        tls_only_queue(queue_arn),
    ]


def tls_only_queue(queue_arn: str) -> Statement:
    """Nobody reaches the queue over plain HTTP."""
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",  # every action, because it denies
        "Resource": queue_arn,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def write_logs(log_group_arn: str) -> list[Statement]:
    """A function writes its own log."""
    return [allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"{log_group_arn}:*")]


def tracing() -> list[Statement]:
    """A function hands its traces to X-Ray, which has no resources to name for these actions."""
    return [allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*")]


def alarm_access(topic_arn: str, account: str) -> list[Statement]:
    """The account's own alarms alone publish to the topic; nobody publishes over plain HTTP."""
    return [
        {
            "Sid": "AlarmsPublish",
            "Effect": "Allow",
            "Principal": {"Service": "cloudwatch.amazonaws.com"},
            "Action": "sns:Publish",
            "Resource": topic_arn,
            "Condition": {"StringEquals": {"aws:SourceAccount": account}},
        },
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sns:Publish",
            "Resource": topic_arn,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
    ]


def isolated_vpc() -> list[Statement]:
    """What Lambda needs, in a function's name, to run it in a network: its code may do none of it.

    These actions take no resource, or one that is not there yet. Calls of the function's own code alone are marked with
    the function that they are from.
    """
    wiring = allow(
        [
            *("ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"),
            *("ec2:DescribeSubnets", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"),
        ],
        "*",
    )
    return [wiring, {**wiring, "Effect": "Deny", "Condition": {"Null": {"lambda:SourceFunctionArn": "false"}}}]


def invoke_postscript(function_arn: str) -> list[Statement]:
    """The worker has PostScript drawn, by that one function."""
    return [allow(["lambda:InvokeFunction"], function_arn)]


def consume_queue(queue_arn: str) -> list[Statement]:
    """What Lambda needs, in the worker's name, to hand it the messages of its queue."""
    return [allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], queue_arn)]


def worker(
    originals_arn: str, renditions_arn: str, table_arn: str, topic_arn: str, originals_prefix: str, inbox_prefix: str
) -> list[Statement]:
    """The worker reads originals, moves what lies in the inbox, and writes renditions and the index."""
    originals, inbox = f"{originals_arn}/{originals_prefix}*", f"{originals_arn}/{inbox_prefix}*"
    return [
        # What is told of is told of with its version; a sidecar beside it is found by its name.
        allow(["s3:GetObject", "s3:GetObjectVersion"], originals, inbox),
        # The move out of the inbox is a copy into originals, verified, then a delete of that version. What is large is
        # copied in parts, which a copy that fails gives up. With s3:ListBucket, which finds sidecars too, S3 says of an
        # object that is gone that it is gone, and not that access is denied.
        allow(["s3:PutObject", "s3:AbortMultipartUpload"], originals),
        allow(["s3:DeleteObjectVersion"], inbox),
        allow(["s3:ListBucket"], originals_arn),
        allow(["s3:PutObject", "s3:DeleteObject"], f"{renditions_arn}/*"),
        # What is known of a photo is read again when the index was lost.
        allow(["s3:GetObject"], f"{renditions_arn}/{RECORDS_PREFIX}*"),
        allow(["s3:ListBucket"], renditions_arn),
        *indexing(table_arn),
        # The photos of a batch are looked up at once.
        allow(["dynamodb:BatchGetItem"], table_arn),
        allow(["sns:Publish"], topic_arn),
    ]


def indexing(table_arn: str) -> list[Statement]:
    """Photos and their postings are written, and postings alone are removed: no photo leaves the index by this."""
    posting = allow(["dynamodb:BatchWriteItem", "dynamodb:DeleteItem"], table_arn)
    return [
        allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:ConditionCheckItem"], table_arn),
        {**posting, "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{LIST_PREFIX}*"]}}},
    ]


def failures(renditions_arn: str, table_arn: str, topic_arn: str) -> list[Statement]:
    """What was given up is marked in the index and told; what it replaced is removed."""
    return [
        *indexing(table_arn),
        allow(["s3:DeleteObject"], f"{renditions_arn}/*"),
        # The record of what the index does not know, as far as there is one, has what its owner wrote.
        allow(["s3:GetObject", "s3:PutObject"], f"{renditions_arn}/{RECORDS_PREFIX}*"),
        allow(["s3:ListBucket"], renditions_arn),
        allow(["sns:Publish"], topic_arn),
    ]


def upkeep(originals_arn: str, renditions_arn: str, queue_arn: str, machine_arn: str) -> list[Statement]:
    """The state machine lists the buckets and asks the worker; its distributed map is executions of itself."""
    executions = machine_arn.replace(":stateMachine:", ":execution:")
    return [
        allow(["s3:ListBucket"], originals_arn, renditions_arn),
        allow(["sqs:SendMessage"], queue_arn),
        allow(["states:StartExecution"], machine_arn),
        allow(["states:DescribeExecution", "states:StopExecution"], f"{executions}:*", f"{executions}/*"),
    ]


def detect_labels(renditions_arn: str, table_arn: str) -> list[Statement]:
    """The worker shows renditions to Rekognition, which has no resources to name, and counts what that costs."""
    counting = allow(["dynamodb:UpdateItem"], table_arn)
    return [
        allow(["rekognition:DetectLabels"], "*"),
        allow(["s3:GetObject"], f"{renditions_arn}/*"),
        {**counting, "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{BUDGET_PREFIX}*"]}}},
    ]


def labelling(table_arn: str, queue_arn: str) -> list[Statement]:
    """The state machine reads which photos wait for labels, and asks the worker for them."""
    waiting = allow(["dynamodb:Query"], table_arn)
    return [
        {**waiting, "Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [LIST_PREFIX + UNLABELLED]}}},
        allow(["sqs:SendMessage"], queue_arn),
    ]


def start_execution(machine_arn: str) -> list[Statement]:
    """The schedule starts the one state machine."""
    return [allow(["states:StartExecution"], machine_arn)]


def api(
    originals_arn: str, renditions_arn: str, table_arn: str, index_arn: str, queue_arn: str, originals_prefix: str
) -> list[Statement]:
    """The api reads and writes the index, signs addresses of renditions, asks the worker, and deletes originals.

    A delete is into the trash, never for good. What follows from what an owner writes, postings and the record, is the
    worker's to write.
    """
    return [
        allow(["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem"], table_arn),
        allow(["dynamodb:Query"], table_arn, index_arn),
        allow(["s3:GetObject"], f"{renditions_arn}/*"),
        allow(["s3:DeleteObject"], f"{originals_arn}/{originals_prefix}*"),
        allow(["sqs:SendMessage"], queue_arn),
    ]
