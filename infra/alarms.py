"""Lists the alarms of each kind of resource: data, one line per alarm."""

from dataclasses import dataclass

import pulumi


@dataclass(frozen=True)
class Alarm:
    """An alarm that is raised when the statistic of a metric over five minutes is above a threshold."""

    metric: str
    statistic: str
    above: float
    says: str


@dataclass(frozen=True)
class MetricSource:
    """A kind of resource with metrics in CloudWatch: their namespace, the name of their dimension, the alarms."""

    namespace: str
    dimension: str
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True)
class MonitoredResource:
    """A resource with alarms: its short name in the stack, its kind, and its name in AWS, the dimension's value."""

    name: str
    kind: MetricSource
    value: pulumi.Output[str]


# The messages of a large import wait for hours, which is normal; after half a day something is wrong.
LONGEST_WAIT_SECONDS = 12 * 3600

QUEUE = MetricSource(
    "AWS/SQS",
    "QueueName",
    (
        Alarm(
            "ApproximateAgeOfOldestMessage",
            "Maximum",
            LONGEST_WAIT_SECONDS,
            "An upload has waited for more than twelve hours. Check that the worker runs, and read its log.",
        ),
    ),
)
DEAD_LETTERS = MetricSource(
    "AWS/SQS",
    "QueueName",
    (
        Alarm(
            # The failures function receives each dead letter at once, so the number of waiting messages stays 0.
            "NumberOfMessagesReceived",
            "Sum",
            0,
            "Photos failed after several tries. The gallery shows them as failed; the worker's log has the reason.",
        ),
    ),
)
FUNCTION = MetricSource(
    "AWS/Lambda",
    "FunctionName",
    (
        Alarm("Errors", "Sum", 0, "A function failed, or ran out of time or memory. Its log says which."),
        Alarm("Throttles", "Sum", 0, "Lambda refused calls: the account's limit of concurrent functions is reached."),
    ),
)
HTTP_API = MetricSource(
    "AWS/ApiGateway",
    "ApiId",
    (Alarm("5xx", "Sum", 4, "The API could not answer several requests. The api function's log has the reason."),),
)
