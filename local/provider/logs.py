"""Creates log groups."""

from typing import Any

from local.emulator.clients import Aws
from local.provider.result import Result


def log_group(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create the log group with its retention."""
    logs = aws.client("logs")
    logs.create_log_group(logGroupName=name)
    logs.put_retention_policy(logGroupName=name, retentionInDays=int(inputs["retentionInDays"]))
    arn = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]["arn"]
    return name, {"name": name, "arn": arn.removesuffix(":*")}
