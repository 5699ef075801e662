"""What is watched, and when somebody is told: data, one line per alarm."""

from dataclasses import dataclass

import pulumi


@dataclass(frozen=True)
class Alarm:
    """Tells when the statistic of a metric over five minutes is above a figure."""

    metric: str
    statistic: str
    above: float
    says: str


@dataclass(frozen=True)
class Kind:
    """A kind of thing that CloudWatch has metrics of: its namespace, the name of its dimension, its alarms."""

    namespace: str
    dimension: str
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True)
class Watched:
    """One thing that is watched: what the stack calls it, its kind, and what AWS calls it."""

    name: str
    kind: Kind
    value: pulumi.Output[str]


# A large import stands in line for hours, which is as it should be; half a day means that nothing moves.
LONGEST_WAIT_SECONDS = 12 * 3600

QUEUE = Kind(
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
DEAD_LETTERS = Kind(
    "AWS/SQS",
    "QueueName",
    (
        Alarm(
            # They are read at once, and shown as failed photos.
            "NumberOfMessagesReceived",
            "Sum",
            0,
            "Photos failed after several tries. The gallery shows them as failed; the worker's log has the reason.",
        ),
    ),
)
FUNCTION = Kind(
    "AWS/Lambda",
    "FunctionName",
    (
        Alarm("Errors", "Sum", 0, "A function failed, or ran out of time or memory. Its log says which."),
        Alarm("Throttles", "Sum", 0, "Lambda refused calls: the account's limit of concurrent functions is reached."),
    ),
)
HTTP_API = Kind(
    "AWS/ApiGateway",
    "ApiId",
    (Alarm("5xx", "Sum", 4, "The API could not answer several requests. The api function's log has the reason."),),
)
