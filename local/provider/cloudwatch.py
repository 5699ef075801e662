"""Creates alarms and dashboards; the embedded AWS has no metrics that could raise an alarm."""

from typing import Any

from local.emulator.clients import Aws, pick
from local.provider.result import Result

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


def alarm(aws: Aws, name: str, inputs: dict[str, Any]) -> Result:
    """Create or update an alarm."""
    dimensions = [{"Name": key, "Value": value} for key, value in inputs["dimensions"].items()]
    aws.client("cloudwatch").put_metric_alarm(
        AlarmName=name, Dimensions=dimensions, OKActions=inputs["okActions"], **pick(inputs, *ALARM)
    )
    return name, {"name": name}


def dashboard(aws: Aws, _name: str, inputs: dict[str, Any]) -> Result:
    """Create or update the dashboard."""
    aws.client("cloudwatch").put_dashboard(**pick(inputs, "dashboardName", "dashboardBody"))
    return inputs["dashboardName"], {}
