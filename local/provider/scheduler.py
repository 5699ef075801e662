"""Schedules."""

from typing import Any

from local.emulator.clients import Aws

Made = tuple[str, dict[str, Any]]


def schedule(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """When something is started by itself."""
    target = inputs["target"]
    made = aws.client("scheduler").create_schedule(
        Name=name,
        ScheduleExpression=inputs["scheduleExpression"],
        FlexibleTimeWindow={"Mode": inputs["flexibleTimeWindow"]["mode"]},
        Target={"Arn": target["arn"], "RoleArn": target["roleArn"], "Input": target["input"]},
    )
    return name, {"arn": made["ScheduleArn"], "name": name}
