"""Creates queues and their policies."""

from typing import Any

from local.emulator.clients import Aws
from local.provider.result import Result

ATTRIBUTES = {
    "messageRetentionSeconds": "MessageRetentionPeriod",
    "visibilityTimeoutSeconds": "VisibilityTimeout",
    "redrivePolicy": "RedrivePolicy",
    "sqsManagedSseEnabled": "SqsManagedSseEnabled",
}


def queue(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create the queue, or update the existing one, which keeps its messages."""
    url = aws.sqs.create_queue(QueueName=name)["QueueUrl"]
    attributes = {ATTRIBUTES[key]: _text(value) for key, value in inputs.items()}
    aws.client("sqs").set_queue_attributes(QueueUrl=url, Attributes=attributes)
    arn = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return url, {"url": url, "arn": arn, "name": name}


def queue_policy(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Put the queue's policy."""
    aws.sqs.set_queue_attributes(QueueUrl=inputs["queueUrl"], Attributes={"Policy": inputs["policy"]})
    return name, {}


def redrive_allow_policy(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Put the list of queues that may use this one for dead letters."""
    policy = {"RedriveAllowPolicy": inputs["redriveAllowPolicy"]}
    aws.client("sqs").set_queue_attributes(QueueUrl=inputs["queueUrl"], Attributes=policy)
    return name, {}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) else str(value)
