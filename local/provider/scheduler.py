"""Creates schedules."""

from typing import Any

from local.emulator.clients import Aws
from local.provider.result import Result


def schedule(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create or update a schedule."""
    target = inputs["target"]
    created = aws.client("scheduler").create_schedule(
        Name=name,
        ScheduleExpression=inputs["scheduleExpression"],
        FlexibleTimeWindow={"Mode": inputs["flexibleTimeWindow"]["mode"]},
        Target={"Arn": target["arn"], "RoleArn": target["roleArn"], "Input": target["input"]},
    )
    return name, {"arn": created["ScheduleArn"], "name": name}
