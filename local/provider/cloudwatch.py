"""Alarms and dashboards: declared here as there; the embedded AWS has no metrics of its own to raise an alarm with."""

from typing import Any

from local.emulator.clients import Aws, chosen

Made = tuple[str, dict[str, Any]]

ALARM = (
    "alarmDescription",
    "namespace",
    "metricName",
    "statistic",
    "comparisonOperator",
    "threshold",
    "period",
    "evaluationPeriods",
    "treatMissingData",
    "alarmActions",
)


def alarm(aws: Aws, name: str, inputs: dict[str, Any]) -> Made:
    """When somebody is told."""
    dimensions = [{"Name": key, "Value": value} for key, value in inputs["dimensions"].items()]
    aws.client("cloudwatch").put_metric_alarm(
        AlarmName=name, Dimensions=dimensions, OKActions=inputs["okActions"], **chosen(inputs, *ALARM)
    )
    return name, {"name": name}


def dashboard(aws: Aws, _name: str, inputs: dict[str, Any]) -> Made:
    """The page that shows how the stack does."""
    aws.client("cloudwatch").put_dashboard(**chosen(inputs, "dashboardName", "dashboardBody"))
    return inputs["dashboardName"], {}
