"""Log groups."""

from typing import Any

from local.emulator.clients import Aws

Made = tuple[str, dict[str, Any]]


def log_group(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """The group and how long it keeps what is logged."""
    logs = aws.client("logs")
    logs.create_log_group(logGroupName=name)
    logs.put_retention_policy(logGroupName=name, retentionInDays=int(inputs["retentionInDays"]))
    arn = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]["arn"]
    return name, {"name": name, "arn": arn.removesuffix(":*")}
