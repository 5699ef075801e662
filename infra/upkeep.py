"""The whole library brought up to date: a map over the bucket's listing that asks the worker for each photo."""

import json

import pulumi
import pulumi_aws as aws

from function.contract.table import RECORDS_PREFIX
from function.contract.tasks import TASKS
from infra import policies
from infra.intake import IngestQueue
from infra.settings import Settings
from infra.storage import Storage

# Messages that are sent at the same time. How many photos are developed at once is the worker's own limit.
SENDERS = 40


class Upkeep(pulumi.ComponentResource):
    """A state machine, started with {"task": "backfill"}, "reprocess" or "rebuild"."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        storage: Storage,
        intake: IngestQueue,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("safelight:upkeep:Upkeep", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        trust = policies.document(policies.trust("states.amazonaws.com"))
        role = aws.iam.Role(f"{name}-role", assume_role_policy=trust, opts=within)
        self.machine = aws.sfn.StateMachine(
            name,
            role_arn=role.arn,
            definition=pulumi.Output.all(storage.originals.name, storage.renditions.name, intake.queue.url).apply(
                lambda names: json.dumps(_definition(settings.originals_prefix, settings.inbox_prefix, *names))
            ),
            opts=within,
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
            opts=within,
        )
        self.register_outputs({"machine": self.machine.arn})


def _definition(
    originals_prefix: str, inbox_prefix: str, originals: str, renditions: str, queue_url: str
) -> dict[str, object]:
    """In Amazon's States Language: the index is rebuilt of its records first, and of the originals that have none.

    At last, what still lies in the inbox is tried again, of which nothing else is known.
    """
    rebuild = {"Variable": "$.task", "StringEquals": "rebuild", "Next": "Records"}
    known = {"Or": [{"Variable": "$.task", "StringEquals": task} for task in TASKS], "Next": "Originals"}
    return {
        "StartAt": "Task",
        "States": {
            "Task": {"Type": "Choice", "Choices": [rebuild, known], "Default": "Unknown"},
            "Unknown": {"Type": "Fail", "Error": "UnknownTask", "Cause": f"task takes one of {', '.join(TASKS)}"},
            "Records": {**_asked(renditions, RECORDS_PREFIX, queue_url, "$.task"), "Next": "Unrecorded"},
            "Unrecorded": {**_asked(originals, originals_prefix, queue_url, "backfill"), "Next": "Inbox"},
            "Originals": {**_asked(originals, originals_prefix, queue_url, "$.task"), "Next": "Inbox"},
            "Inbox": {**_asked(originals, inbox_prefix, queue_url, "backfill"), "End": True},
        },
    }


def _asked(bucket: str, prefix: str, queue_url: str, task: str) -> dict[str, object]:
    """A message to the worker for each object below the prefix."""
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
        # What came in is what the next map is started with; what each message was is of no interest.
        "ResultPath": None,
    }
