"""Topics, and who may publish to them and is told by them."""

from typing import Any

from local.emulator.clients import Aws

Made = tuple[str, dict[str, Any]]


def topic(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """The topic."""
    key = {"KmsMasterKeyId": inputs["kmsMasterKeyId"]} if "kmsMasterKeyId" in inputs else {}
    arn = aws.client("sns").create_topic(Name=name, Attributes=key)["TopicArn"]
    return arn, {"name": name, "arn": arn}


def topic_policy(aws: Aws, _name: str, inputs: dict[str, Any]) -> Made:
    """Who may publish to the topic."""
    policy = {"AttributeName": "Policy", "AttributeValue": inputs["policy"]}
    aws.client("sns").set_topic_attributes(TopicArn=inputs["arn"], **policy)
    return inputs["arn"], {}


def topic_subscription(aws: Aws, _name: str, inputs: dict[str, Any]) -> Made:
    """Who is told; the embedded AWS sends no e-mail."""
    made = aws.client("sns").subscribe(
        TopicArn=inputs["topic"], Protocol=inputs["protocol"], Endpoint=inputs["endpoint"], ReturnSubscriptionArn=True
    )
    return made["SubscriptionArn"], {"arn": made["SubscriptionArn"]}
