"""Topics."""

from typing import Any

from local.aws import Aws

Made = tuple[str, dict[str, Any]]


def topic(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """The topic."""
    arn = aws.client("sns").create_topic(Name=name, Attributes={"KmsMasterKeyId": inputs["kmsMasterKeyId"]})["TopicArn"]
    return arn, {"name": name, "arn": arn}
