"""The worker's entrance: a batch of messages, of which only what failed goes back to the queue."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from function import settings
from function.bootstrap import decoders

if settings.is_function():
    # On another processor, and while files are read, the decoders load as the SDK does here.
    decoders.sandbox()

from function.bootstrap import pipeline
from function.contract import RECORDS_PREFIX
from function.handlers import batches
from function.handlers.attempts import Step
from function.handlers.batches import Known
from function.handlers.changes import Change, Kind, changes
from function.values import Original

if TYPE_CHECKING:
    from function.service.shelving import Placed

# In place of a message's id, where there was no message.
STRAIGHT = "straight"
# What is named by its id has no prefix.
ANY = ""

Act = Callable[[Original], "Placed | None"]


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Work off the changes that the messages tell of; returns the ids of those that are to be tried again."""
    failed = batches.failed(list(_steps(event)), _acting)
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in sorted(failed)]}


def _steps(event: dict[str, Any]) -> Iterator[Step]:
    for message in _messages(event):
        tries = int(message.get("attributes", {}).get("ApproximateReceiveCount", 1))
        yield from (Step(message["messageId"], tries, change) for change in changes(message.get("body", "")))


def _messages(event: dict[str, Any]) -> list[dict[str, Any]]:
    """The queue's messages; an S3 event that came straight, as by hand to the emulator, is worked off as one."""
    records: list[dict[str, Any]] = event.get("Records", [])
    if any("s3" in record for record in records):
        return [{"messageId": STRAIGHT, "body": json.dumps(event)}]
    return records


def _acting(known: Known) -> "Callable[[Change], Placed | None]":
    return partial(_apply, _actions(known))


def _apply(actions: dict[tuple[str, Kind], Act], change: Change) -> "Placed | None":
    key = change.original.key
    for (prefix, kind), act in actions.items():
        # A key that ends with a slash is a folder, as some clients draw them.
        if kind == change.kind and key.startswith(prefix) and not key.endswith("/"):
            return act(replace(change.original, key=key.removeprefix(prefix)))
    return None


def _actions(known: Known) -> dict[tuple[str, Kind], Act]:
    named = pipeline.settings()
    decoders.sandbox()  # it starts while the first photo is fetched

    def created(original: Original) -> "Placed | None":
        # What is known may have been written by now, and what is not is noticed by the write itself.
        if known is not None and original.key not in known:
            return pipeline.intake().begin(original)
        pipeline.intake().created(original)
        return None

    return {
        (named.originals_prefix, Kind.CREATED): created,
        (named.originals_prefix, Kind.REMOVED): pipeline.intake().removed,
        (named.originals_prefix, Kind.REPROCESS): pipeline.upkeep().reprocess,
        (named.originals_prefix, Kind.BACKFILL): pipeline.upkeep().backfill,
        (ANY, Kind.LABEL): pipeline.upkeep().label,
        (named.originals_prefix, Kind.SETTLE): pipeline.upkeep().settle,
        (RECORDS_PREFIX, Kind.REBUILD): pipeline.upkeep().rebuild,
        (named.inbox_prefix, Kind.CREATED): pipeline.inbox().created,
        (named.inbox_prefix, Kind.REMOVED): pipeline.stuck().gone,
        (named.inbox_prefix, Kind.REPROCESS): pipeline.stuck().again,
        (named.inbox_prefix, Kind.BACKFILL): pipeline.stuck().again,
    }
