"""Sends tasks to the worker's SQS queue."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from function.aws.errors import translating_errors

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient


@dataclass(frozen=True)
class SqsTasks:
    """Sends tasks through the queue that also receives S3's events."""

    client: "SQSClient"
    queue_url: str

    def send(self, task: str, keys: Sequence[str]) -> None:
        """Send one task of the contract for the originals with these full keys. Raises ServiceUnavailableError."""
        with translating_errors("SQS"):
            self.client.send_message(
                QueueUrl=self.queue_url, MessageBody=json.dumps({"task": task, "keys": list(keys)})
            )
