"""Reorders, repeats and delays a queue's messages, as SQS may do."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient
    from types_boto3_sqs.literals import QueueAttributeFilterType

AT_ONCE = 10
WAITING: "tuple[QueueAttributeFilterType, ...]" = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


@dataclass
class Queue:
    """A queue by its URL."""

    sqs: "SQSClient"
    url: str

    def length(self) -> int:
        """Return the number of messages: waiting, delayed or in progress."""
        found = self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=WAITING)["Attributes"]
        return sum(int(count) for count in found.values())

    def take(self) -> Iterator[str]:
        """Receive and delete the waiting messages. Yields their bodies."""
        while found := self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=AT_ONCE).get("Messages"):
            entries = [{"Id": str(at), "ReceiptHandle": message["ReceiptHandle"]} for at, message in enumerate(found)]
            self.sqs.delete_message_batch(QueueUrl=self.url, Entries=entries)  # type: ignore[arg-type]
            yield from (message["Body"] for message in found)

    def send(self, messages: Sequence[tuple[str, int]]) -> None:
        """Send bodies, each with its delay in seconds."""
        for start in range(0, len(messages), AT_ONCE):
            batch = enumerate(messages[start:][:AT_ONCE])
            entries = [{"Id": str(at), "MessageBody": body, "DelaySeconds": late} for at, (body, late) in batch]
            self.sqs.send_message_batch(QueueUrl=self.url, Entries=entries)  # type: ignore[arg-type]


@dataclass
class Disorder:
    """The shares of messages that are repeated or delayed, and the longest delay in seconds."""

    chosen: random.Random
    again: float = 0.25
    late: float = 0.3
    seconds: int = 20
    duplicates: int = 0
    delays: int = 0

    def of(self, bodies: Sequence[str]) -> list[tuple[str, int]]:
        """Return the bodies in another order, some of them repeated or delayed."""
        more = [body for body in bodies for _ in range(self._copies())]
        self.duplicates += len(more)
        told = [*bodies, *more]
        self.chosen.shuffle(told)
        return [(body, self._lateness()) for body in told]

    def _copies(self) -> int:
        return self.chosen.choice((1, 2)) if self.chosen.random() < self.again else 0

    def _lateness(self) -> int:
        if self.chosen.random() >= self.late:
            return 0
        self.delays += 1
        return self.chosen.randint(1, self.seconds)
