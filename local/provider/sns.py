"""Creates topics, their policies and subscriptions."""

from typing import Any

from local.emulator.clients import Aws
from local.provider.result import Result


def topic(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create the topic."""
    key = {"KmsMasterKeyId": inputs["kmsMasterKeyId"]} if "kmsMasterKeyId" in inputs else {}
    arn = aws.client("sns").create_topic(Name=name, Attributes=key)["TopicArn"]
    return arn, {"name": name, "arn": arn}


def topic_policy(aws: Aws, _name: str, inputs: dict[str, Any]) -> Result:
    """Put the topic's policy."""
    policy = {"AttributeName": "Policy", "AttributeValue": inputs["policy"]}
    aws.client("sns").set_topic_attributes(TopicArn=inputs["arn"], **policy)
    return inputs["arn"], {}


def topic_subscription(aws: Aws, _name: str, inputs: dict[str, Any]) -> Result:
    """Create a subscription; the embedded AWS sends no e-mail."""
    created = aws.client("sns").subscribe(
        TopicArn=inputs["topic"], Protocol=inputs["protocol"], Endpoint=inputs["endpoint"], ReturnSubscriptionArn=True
    )
    return created["SubscriptionArn"], {"arn": created["SubscriptionArn"]}
