"""The queue of the worker, in SQS."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from function.aws.errors import translating_errors

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient


@dataclass(frozen=True)
class SqsTasks:
    """Tasks as messages of the queue that S3 tells of uploads."""

    client: "SQSClient"
    queue_url: str

    def send(self, task: str, keys: Sequence[str]) -> None:
        """Ask for a task of the contract with the originals of these whole keys."""
        with translating_errors("SQS"):
            self.client.send_message(
                QueueUrl=self.queue_url, MessageBody=json.dumps({"task": task, "keys": list(keys)})
            )
