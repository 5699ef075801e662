"""The table."""

from typing import Any

from local.emulator.clients import Aws, pascal
from local.provider.result import Result


def table(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create the table, or find the existing one with its items."""
    if name not in aws.dynamodb.list_tables()["TableNames"]:
        _create(aws, name, inputs)
    _expire(aws, name, inputs["ttl"])
    aws.client("dynamodb").update_continuous_backups(
        TableName=name,
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": inputs["pointInTimeRecovery"]["enabled"]},
    )
    return name, {"name": name, "arn": aws.dynamodb.describe_table(TableName=name)["Table"]["TableArn"]}


def _create(aws: Aws, name: str, inputs: dict[str, Any]) -> None:
    aws.client("dynamodb").create_table(
        TableName=name,
        BillingMode=inputs["billingMode"],
        AttributeDefinitions=[
            {"AttributeName": attribute["name"], "AttributeType": attribute["type"]}
            for attribute in inputs["attributes"]
        ],
        KeySchema=_key_schema(inputs),
        GlobalSecondaryIndexes=[
            {
                "IndexName": index["name"],
                "KeySchema": _key_schema(index),
                "Projection": {"ProjectionType": index["projectionType"]},
            }
            for index in inputs["globalSecondaryIndexes"]
        ],
        SSESpecification={"Enabled": pascal(inputs["serverSideEncryption"])["Enabled"]},
        DeletionProtectionEnabled=inputs["deletionProtectionEnabled"],
    )


def _expire(aws: Aws, name: str, ttl: dict[str, Any]) -> None:
    # DynamoDB refuses to enable a time to live that is enabled already.
    if aws.dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"].get("TimeToLiveStatus") != "ENABLED":
        aws.dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=pascal(ttl))


def _key_schema(keys: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"AttributeName": keys["hashKey"], "KeyType": "HASH"},
        {"AttributeName": keys["rangeKey"], "KeyType": "RANGE"},
    ]
