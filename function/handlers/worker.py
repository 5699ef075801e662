"""The worker's entrance: a batch of messages, of which only what failed goes back to the queue."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from function.bootstrap import decoders
from function.settings import settings

if settings.is_function():
    # On another processor, and while files are read, the decoders load as the SDK does here.
    decoders.sandbox()

from function.bootstrap import worker
from function.contract.table import RECORDS_PREFIX
from function.handlers import batches
from function.handlers.attempts import WorkItem
from function.handlers.batches import Known
from function.handlers.events import EventKind, ObjectEvent, object_events
from function.values.objects import ObjectVersion

if TYPE_CHECKING:
    from function.service.ingest.commit import Committed

# In place of a message's id, where there was no message.
DIRECT_INVOCATION = "straight"
# What is named by its id has no prefix.
NO_PREFIX = ""

Act = Callable[[ObjectVersion], "Committed | None"]


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Work off the changes that the messages tell of; returns the ids of those that are to be tried again."""
    failed = batches.process(list(_steps(event)), _acting)
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in sorted(failed)]}


def _steps(event: dict[str, Any]) -> Iterator[WorkItem]:
    for message in _messages(event):
        tries = int(message.get("attributes", {}).get("ApproximateReceiveCount", 1))
        yield from (WorkItem(message["messageId"], tries, change) for change in object_events(message.get("body", "")))


def _messages(event: dict[str, Any]) -> list[dict[str, Any]]:
    """The queue's messages; an S3 event that came straight, as by hand to the emulator, is worked off as one."""
    records: list[dict[str, Any]] = event.get("Records", [])
    if any("s3" in record for record in records):
        return [{"messageId": DIRECT_INVOCATION, "body": json.dumps(event)}]
    return records


def _acting(known: Known) -> "Callable[[ObjectEvent], Committed | None]":
    return partial(_apply, _actions(known))


def _apply(actions: dict[tuple[str, EventKind], Act], change: ObjectEvent) -> "Committed | None":
    key = change.original.key
    for (prefix, kind), act in actions.items():
        # A key that ends with a slash is a folder, as some clients draw them.
        if kind == change.kind and key.startswith(prefix) and not key.endswith("/"):
            return act(replace(change.original, key=key.removeprefix(prefix)))
    return None


def _actions(known: Known) -> dict[tuple[str, EventKind], Act]:
    named = worker.settings()
    decoders.sandbox()  # it starts while the first photo is fetched

    def created(original: ObjectVersion) -> "Committed | None":
        # What is known may have been written by now, and what is not is noticed by the write itself.
        if known is not None and original.key not in known:
            return worker.ingest().begin(original)
        worker.ingest().created(original)
        return None

    return {
        (named.originals_prefix, EventKind.CREATED): created,
        (named.originals_prefix, EventKind.REMOVED): worker.ingest().removed,
        (named.originals_prefix, EventKind.REPROCESS): worker.maintenance().reprocess,
        (named.originals_prefix, EventKind.BACKFILL): worker.maintenance().backfill,
        (NO_PREFIX, EventKind.LABEL): worker.maintenance().label,
        (named.originals_prefix, EventKind.SETTLE): worker.maintenance().settle,
        (RECORDS_PREFIX, EventKind.REBUILD): worker.maintenance().rebuild,
        (named.inbox_prefix, EventKind.CREATED): worker.inbox().created,
        (named.inbox_prefix, EventKind.REMOVED): worker.failed_inbox().gone,
        (named.inbox_prefix, EventKind.REPROCESS): worker.failed_inbox().again,
        (named.inbox_prefix, EventKind.BACKFILL): worker.failed_inbox().again,
    }
