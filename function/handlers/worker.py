"""The worker's entry point: processes a batch of the queue's messages."""

import json
from collections.abc import Iterator
from typing import Any

from function.bootstrap import decoders
from function.settings import settings

if settings.is_function():
    # On another processor, and while files are read, the decoders load as the SDK does here.
    decoders.sandbox()

from function.bootstrap import worker
from function.handlers.events import object_events
from function.service.ingest.attempt import WorkItem

# In place of a message's id, where there was no message.
DIRECT_INVOCATION = "direct invocation"


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Process the events of the messages. Returns the ids of the messages that are to be retried."""
    retry = worker.batch().process(list(_work_items(event)))
    return {"batchItemFailures": [{"itemIdentifier": message} for message in sorted(retry)]}


def _work_items(event: dict[str, Any]) -> Iterator[WorkItem]:
    for message in _messages(event):
        receives = int(message.get("attributes", {}).get("ApproximateReceiveCount", 1))
        for found in object_events(message.get("body", "")):
            yield WorkItem(message["messageId"], receives, found)


def _messages(event: dict[str, Any]) -> list[dict[str, Any]]:
    """The queue's messages. An S3 event that came without a queue, as by hand to the emulator, counts as one."""
    records: list[dict[str, Any]] = event.get("Records", [])
    if any("s3" in record for record in records):
        return [{"messageId": DIRECT_INVOCATION, "body": json.dumps(event)}]
    return records
