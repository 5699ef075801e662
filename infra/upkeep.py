"""Declares the maintenance of the library: a map over the buckets' listings that sends the worker a task per photo."""

import json

import pulumi
import pulumi_aws as aws

from function.contract.table import RECORDS_PREFIX
from function.contract.tasks import TASKS
from infra import policies
from infra.intake import IngestQueue
from infra.settings import Settings
from infra.storage import Storage

# Messages that are sent concurrently; the worker's concurrency limits how many photos are developed at once.
SENDERS = 40


class Upkeep(pulumi.ComponentResource):
    """A state machine, started with the input {"task": "backfill"}, "reprocess" or "rebuild"."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        storage: Storage,
        intake: IngestQueue,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("safelight:upkeep:Upkeep", name, None, opts)
        child_opts = pulumi.ResourceOptions(parent=self)
        trust = policies.document(policies.trust("states.amazonaws.com"))
        role = aws.iam.Role(f"{name}-role", assume_role_policy=trust, opts=child_opts)
        self.machine = aws.sfn.StateMachine(
            name,
            role_arn=role.arn,
            definition=pulumi.Output.all(storage.originals.name, storage.renditions.name, intake.queue.url).apply(
                lambda names: json.dumps(_definition(settings.originals_prefix, settings.inbox_prefix, *names))
            ),
            opts=child_opts,
        )
        aws.iam.RolePolicy(
            f"{name}-permissions",
            role=role.id,
            policy=pulumi.Output.all(
                originals_arn=storage.originals.arn,
                renditions_arn=storage.renditions.arn,
                queue_arn=intake.queue.arn,
                machine_arn=self.machine.arn,
            ).apply(lambda arns: policies.document(policies.upkeep(**arns))),
            opts=child_opts,
        )
        self.register_outputs({"machine": self.machine.arn})


def _definition(
    originals_prefix: str, inbox_prefix: str, originals: str, renditions: str, queue_url: str
) -> dict[str, object]:
    """Return the definition in Amazon States Language. A rebuild reads the records first, then the other originals.

    Every task ends with the files that are left in the inbox.
    """
    rebuild = {"Variable": "$.task", "StringEquals": "rebuild", "Next": "Records"}
    every_task = {"Or": [{"Variable": "$.task", "StringEquals": task} for task in TASKS], "Next": "Originals"}
    return {
        "StartAt": "Task",
        "States": {
            "Task": {"Type": "Choice", "Choices": [rebuild, every_task], "Default": "Unknown"},
            "Unknown": {"Type": "Fail", "Error": "UnknownTask", "Cause": f"task takes one of {', '.join(TASKS)}"},
            "Records": {**_task_messages(renditions, RECORDS_PREFIX, queue_url, "$.task"), "Next": "Unrecorded"},
            "Unrecorded": {**_task_messages(originals, originals_prefix, queue_url, "backfill"), "Next": "Inbox"},
            "Originals": {**_task_messages(originals, originals_prefix, queue_url, "$.task"), "Next": "Inbox"},
            "Inbox": {**_task_messages(originals, inbox_prefix, queue_url, "backfill"), "End": True},
        },
    }


def _task_messages(bucket: str, prefix: str, queue_url: str, task: str) -> dict[str, object]:
    """Return a map state that sends the worker a task for each object below the prefix."""
    named = {"task.$": task} if task.startswith("$") else {"task": task}
    send = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage",
        "Parameters": {
            "QueueUrl": queue_url,
            "MessageBody": {"task.$": "$.task", "keys.$": "States.Array($.key)"},
        },
        "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "BackoffRate": 2, "MaxAttempts": 5}],
        "End": True,
    }
    return {
        "Type": "Map",
        "MaxConcurrency": SENDERS,
        "ItemReader": {
            "Resource": "arn:aws:states:::s3:listObjectsV2",
            "Parameters": {"Bucket": bucket, "Prefix": prefix},
        },
        "ItemSelector": {**named, "key.$": "$$.Map.Item.Value.Key"},
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
            "StartAt": "Ask",
            "States": {"Ask": send},
        },
        # Keeps the input for the next state, and drops the messages' results.
        "ResultPath": None,
    }
