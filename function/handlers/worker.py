"""The worker's entrance: a batch of messages, of which only what failed goes back to the queue."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from function import bootstrap, log
from function.handlers.changes import Change, Kind, changes
from function.ports import WorldError
from function.values import Original

# In place of a message's id, where there was no message.
STRAIGHT = "straight"


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Work off each message alone; returns the ids of those that are worth another try."""
    failed = [message["messageId"] for message in _messages(event) if not _worked_off(message)]
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in failed]}


def _messages(event: dict[str, Any]) -> list[dict[str, Any]]:
    """The queue's messages; an S3 event that came straight, as by hand to the emulator, is worked off as one."""
    records: list[dict[str, Any]] = event.get("Records", [])
    if any("s3" in record for record in records):
        return [{"messageId": STRAIGHT, "body": json.dumps(event)}]
    return records


def _worked_off(message: dict[str, Any]) -> bool:
    # Each change is tried, whatever became of the one before.
    applied = [_is_applied(change) for change in changes(message.get("body", ""))]
    return all(applied)


def _is_applied(change: Change) -> bool:
    kind, key = change.kind, change.original.key
    figures = bootstrap.figures()
    # One change's fault, whatever it is, must not send the others back.
    try:
        figures.timing("TotalTime", _apply)(change)
    except WorldError as error:
        told = figures.told(TriedAgain=1)
        log.event("a change is to be tried again", level=logging.WARNING, kind=kind, key=key, error=str(error), **told)
        return False
    except Exception:  # noqa: BLE001
        told = figures.told(TriedAgain=1)
        log.event("a change is to be tried again", level=logging.ERROR, kind=kind, key=key, exc_info=True, **told)
        return False
    log.event("a change is worked off", kind=kind, key=key, **figures.told())
    return True


def _apply(change: Change) -> None:
    key = change.original.key
    for (prefix, kind), act in _actions().items():
        # A key that ends with a slash is a folder, as some clients draw them.
        if kind == change.kind and key.startswith(prefix) and not key.endswith("/"):
            act(replace(change.original, key=key.removeprefix(prefix)))


def _actions() -> dict[tuple[str, Kind], Callable[[Original], None]]:
    known = bootstrap.worker_settings()
    return {
        (known.originals_prefix, Kind.CREATED): bootstrap.intake().created,
        (known.originals_prefix, Kind.REMOVED): bootstrap.intake().removed,
        (known.inbox_prefix, Kind.CREATED): bootstrap.inbox().created,
    }
