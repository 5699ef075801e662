"""Writes all IAM statements of the stack: pure functions from ARNs to statements."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from function.contract.table import BUDGET_PREFIX, LIST_PREFIX, RECORDS_PREFIX, UNLABELLED

Statement = dict[str, Any]
CONFUSED_DEPUTY = "aws:SourceArn"


def document(statements: Iterable[Statement]) -> str:
    """Return the statements as a policy document in JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(actions: Sequence[str], *resources: str) -> Statement:
    """Allow these actions on these resources."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}


def trust(service: str) -> list[Statement]:
    """Allow a service, and no other principal, to assume the role."""
    return [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}]


def tls_only(bucket_arn: str) -> list[Statement]:
    """Deny every request to the bucket over plain HTTP, its owner's too."""
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
    """Allow one bucket of the same account to send to the queue, and deny plain HTTP."""
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
    """Deny every request to the queue over plain HTTP."""
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",  # every action, because it denies
        "Resource": queue_arn,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def write_logs(log_group_arn: str) -> list[Statement]:
    """Allow a function to write to its own log group."""
    return [allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"{log_group_arn}:*")]


def tracing() -> list[Statement]:
    """Allow a function to send traces to X-Ray; these actions have no resources."""
    return [allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*")]


def alarm_access(topic_arn: str, account: str) -> list[Statement]:
    """Allow the alarms of the account to publish to the topic, and deny plain HTTP."""
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
    """Allow the Lambda service to attach the function to its VPC, and deny the same calls to the function's own code.

    These actions have no resource, or one that does not exist yet. The condition key `lambda:SourceFunctionArn` is
    present only in calls that the function's code makes.
    """
    attach = allow(
        [
            *("ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"),
            *("ec2:DescribeSubnets", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"),
        ],
        "*",
    )
    return [attach, {**attach, "Effect": "Deny", "Condition": {"Null": {"lambda:SourceFunctionArn": "false"}}}]


def invoke_postscript(function_arn: str) -> list[Statement]:
    """Allow the worker to invoke the PostScript function."""
    return [allow(["lambda:InvokeFunction"], function_arn)]


def consume_queue(queue_arn: str) -> list[Statement]:
    """Allow the event source mapping to receive and delete the messages of the worker's queue."""
    return [allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], queue_arn)]


def worker(
    originals_arn: str, renditions_arn: str, table_arn: str, topic_arn: str, originals_prefix: str, inbox_prefix: str
) -> list[Statement]:
    """Allow the worker to read originals, to move files out of the inbox, and to write renditions and the index."""
    originals, inbox = f"{originals_arn}/{originals_prefix}*", f"{originals_arn}/{inbox_prefix}*"
    return [
        # An event names the object's version; a sidecar beside a photo is found by its name, without a version.
        allow(["s3:GetObject", "s3:GetObjectVersion"], originals, inbox),
        # The move out of the inbox is a copy into originals, verified, then a delete of that version. What is large is
        # copied in parts, which a copy that fails gives up. With s3:ListBucket, which finds sidecars too, S3 says of an
        # object that is gone that it is gone, and not that access is denied.
        allow(["s3:PutObject", "s3:AbortMultipartUpload"], originals),
        allow(["s3:DeleteObjectVersion"], inbox),
        allow(["s3:ListBucket"], originals_arn),
        allow(["s3:PutObject", "s3:DeleteObject"], f"{renditions_arn}/*"),
        # After a loss of the index, photos are restored from their records.
        allow(["s3:GetObject"], f"{renditions_arn}/{RECORDS_PREFIX}*"),
        allow(["s3:ListBucket"], renditions_arn),
        *indexing(table_arn),
        # All photos of a batch are read by one call.
        allow(["dynamodb:BatchGetItem"], table_arn),
        allow(["sns:Publish"], topic_arn),
    ]


def indexing(table_arn: str) -> list[Statement]:
    """Allow writing photos and postings, and deleting postings only: no photo is removed from the index."""
    posting = allow(["dynamodb:BatchWriteItem", "dynamodb:DeleteItem"], table_arn)
    return [
        allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:ConditionCheckItem"], table_arn),
        {**posting, "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{LIST_PREFIX}*"]}}},
    ]


def failures(renditions_arn: str, table_arn: str, topic_arn: str) -> list[Statement]:
    """Allow the failures function to mark photos as failed, to announce them, and to remove what they replaced."""
    return [
        *indexing(table_arn),
        allow(["s3:DeleteObject"], f"{renditions_arn}/*"),
        # A photo that the index lost may have a record with its owner's annotations.
        allow(["s3:GetObject", "s3:PutObject"], f"{renditions_arn}/{RECORDS_PREFIX}*"),
        allow(["s3:ListBucket"], renditions_arn),
        allow(["sns:Publish"], topic_arn),
    ]


def upkeep(originals_arn: str, renditions_arn: str, queue_arn: str, machine_arn: str) -> list[Statement]:
    """Allow the state machine to list the buckets, to send tasks, and to execute its distributed map."""
    executions = machine_arn.replace(":stateMachine:", ":execution:")
    return [
        allow(["s3:ListBucket"], originals_arn, renditions_arn),
        allow(["sqs:SendMessage"], queue_arn),
        allow(["states:StartExecution"], machine_arn),
        allow(["states:DescribeExecution", "states:StopExecution"], f"{executions}:*", f"{executions}/*"),
    ]


def detect_labels(renditions_arn: str, table_arn: str) -> list[Statement]:
    """Allow the worker to analyse renditions with Rekognition, which has no resources, and to count its budget."""
    counting = allow(["dynamodb:UpdateItem"], table_arn)
    return [
        allow(["rekognition:DetectLabels"], "*"),
        allow(["s3:GetObject"], f"{renditions_arn}/*"),
        {**counting, "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{BUDGET_PREFIX}*"]}}},
    ]


def labelling(table_arn: str, queue_arn: str) -> list[Statement]:
    """Allow the state machine to query the photos that wait for labels, and to send tasks to the worker."""
    waiting = allow(["dynamodb:Query"], table_arn)
    return [
        {**waiting, "Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [LIST_PREFIX + UNLABELLED]}}},
        allow(["sqs:SendMessage"], queue_arn),
    ]


def start_execution(machine_arn: str) -> list[Statement]:
    """Allow the schedule to start the state machine."""
    return [allow(["states:StartExecution"], machine_arn)]


def api(
    originals_arn: str, renditions_arn: str, table_arn: str, index_arn: str, queue_arn: str, originals_prefix: str
) -> list[Statement]:
    """Allow the api to read and write the index, to sign URLs of renditions, to send tasks, and to delete originals.

    A delete adds a delete marker and removes no version. The postings and the record that follow from an owner's
    annotations are written by the worker.
    """
    return [
        allow(["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem"], table_arn),
        allow(["dynamodb:Query"], table_arn, index_arn),
        allow(["s3:GetObject"], f"{renditions_arn}/*"),
        allow(["s3:DeleteObject"], f"{originals_arn}/{originals_prefix}*"),
        allow(["sqs:SendMessage"], queue_arn),
    ]
