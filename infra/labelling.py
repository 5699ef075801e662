"""Declares the daily retry of labels: sends the worker a task for each photo that still waits for its labels."""

import json

import pulumi
import pulumi_aws as aws

from function.contract.table import LIST_PREFIX, PARTITION, SEPARATOR, SORT, UNLABELLED, WAITING
from function.contract.tasks import LABEL_TASK
from infra import policies
from infra.index import Index
from infra.intake import IngestQueue

# After midnight in UTC, because the budget's months are those of UTC.
EVERY_DAY = "cron(30 0 * * ? *)"
# Photos per run, the newest first: the sort keys of this many items fit into a state's 256 KB.
PHOTOS_PER_RUN, SENDERS = 1000, 10


class Labelling(pulumi.ComponentResource):
    """A state machine that queries the shelf of waiting photos, and a schedule that starts it every day."""

    def __init__(
        self, name: str, index: Index, intake: IngestQueue, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("safelight:labelling:Labelling", name, None, opts)
        self._name, self._child_opts = name, pulumi.ResourceOptions(parent=self)
        machine_role = self._role("machine", "states.amazonaws.com")
        self.machine = aws.sfn.StateMachine(
            name,
            type="EXPRESS",  # billed by the run, not by the photo
            role_arn=machine_role.arn,
            definition=pulumi.Output.all(index.table.name, intake.queue.url).apply(
                lambda names: json.dumps(_definition(*names))
            ),
            opts=self._child_opts,
        )
        allowed = pulumi.Output.all(index.table.arn, intake.queue.arn).apply(lambda arns: policies.labelling(*arns))
        self._permit("machine", machine_role, allowed)
        schedule_role = self._role("schedule", "scheduler.amazonaws.com")
        self._permit("schedule", schedule_role, self.machine.arn.apply(policies.start_execution))
        aws.scheduler.Schedule(
            f"{name}-schedule",
            schedule_expression=EVERY_DAY,
            flexible_time_window={"mode": "OFF"},
            target={"arn": self.machine.arn, "role_arn": schedule_role.arn, "input": "{}"},
            opts=self._child_opts,
        )
        self.register_outputs({"machine": self.machine.arn})

    def _role(self, whose: str, service: str) -> aws.iam.Role:
        trust = policies.document(policies.trust(service))
        return aws.iam.Role(f"{self._name}-{whose}-role", assume_role_policy=trust, opts=self._child_opts)

    def _permit(self, whose: str, role: aws.iam.Role, allowed: pulumi.Output[list[policies.Statement]]) -> None:
        aws.iam.RolePolicy(
            f"{self._name}-{whose}-permissions",
            role=role.id,
            policy=allowed.apply(policies.document),
            opts=self._child_opts,
        )


def _definition(table: str, queue_url: str) -> dict[str, object]:
    """Return the definition in Amazon States Language: one query of the shelf, then one message for each photo."""
    retried = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "BackoffRate": 2, "MaxAttempts": 5}]
    ask = {**_ask(queue_url), "Retry": retried, "End": True}
    each = {
        "Type": "Map",
        "ItemsPath": "$.Items",
        "MaxConcurrency": SENDERS,
        "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Ask", "States": {"Ask": ask}},
        "ResultPath": None,
        "End": True,
    }
    return {
        "StartAt": "Waiting",
        "States": {"Waiting": {**_query(table), "Retry": retried, "Next": "Each"}, "Each": each},
    }


def _query(table: str) -> dict[str, object]:
    """Return the state that queries the shelf's newest photos, for their sort keys."""
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:dynamodb:query",
        "Parameters": {
            "TableName": table,
            "KeyConditionExpression": f"{PARTITION} = :list AND begins_with({SORT}, :waiting)",
            "ExpressionAttributeValues": {
                ":list": {"S": LIST_PREFIX + UNLABELLED},
                ":waiting": {"S": WAITING + SEPARATOR},
            },
            "ProjectionExpression": SORT,
            "ScanIndexForward": False,
            "Limit": PHOTOS_PER_RUN,
        },
    }


def _ask(queue_url: str) -> dict[str, object]:
    """Return the state that sends the worker a task to label one photo."""
    # A sort key of a shelf ends with the photo's id.
    identifier = f"States.ArrayGetItem(States.StringSplit($.{SORT}.S, '#'), 1)"
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage",
        "Parameters": {
            "QueueUrl": queue_url,
            "MessageBody": {"task": LABEL_TASK, "keys.$": f"States.Array({identifier})"},
        },
    }
