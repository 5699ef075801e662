"""The worker's entrance: a batch of messages, of which only what failed goes back to the queue."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from function import bootstrap, log
from function.handlers.changes import Change, Kind, changes
from function.ports import WorldError
from function.values import Original


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Work off each message alone; returns the ids of those that are worth another try."""
    failed = [message["messageId"] for message in event.get("Records", ()) if not _worked_off(message)]
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in failed]}


def _worked_off(message: dict[str, Any]) -> bool:
    # One message's fault, whatever it is, must not send the others back.
    try:
        for change in changes(message.get("body", "")):
            _apply(change)
    except WorldError as error:
        log.event("a message goes back to the queue", level=logging.WARNING, error=str(error))
    except Exception:  # noqa: BLE001
        log.event("a message goes back to the queue", level=logging.ERROR, exc_info=True)
    else:
        return True
    return False


def _apply(change: Change) -> None:
    key = change.original.key
    for (prefix, kind), act in _actions().items():
        # A key that ends with a slash is a folder, as some clients draw them.
        if kind == change.kind and key.startswith(prefix) and not key.endswith("/"):
            act(replace(change.original, key=key.removeprefix(prefix)))
            log.event("a change is worked off", kind=kind, key=key)


def _actions() -> dict[tuple[str, Kind], Callable[[Original], None]]:
    known = bootstrap.worker_settings()
    return {
        (known.originals_prefix, Kind.CREATED): bootstrap.intake().created,
        (known.originals_prefix, Kind.REMOVED): bootstrap.intake().removed,
        (known.inbox_prefix, Kind.CREATED): bootstrap.inbox().created,
    }
