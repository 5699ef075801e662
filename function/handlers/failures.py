"""The dead letters' entrance: what could not be taken in is shown as failed, with the reason."""

import logging
from dataclasses import replace
from typing import Any

from function.bootstrap import worker
from function.errors import ServiceUnavailableError
from function.handlers.events import EventKind, ObjectEvent, object_events
from function.service.history import GIVEN_UP
from function.telemetry import log

# The worker names the reason itself, where it lives to do so.
ENDED = f"{GIVEN_UP}: each try ended the worker, for it took too much time or memory. Try it again."


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Mark the photo of each message; returns the ids of those that could not be marked yet."""
    failed = [message["messageId"] for message in event.get("Records", ()) if not _marked(message)]
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in failed]}


def give_up(change: ObjectEvent, reason: str) -> None:
    """Show the photo of a change as failed, or the file that is in the inbox still."""
    known, key = worker.settings(), change.original.key
    if key.startswith(known.originals_prefix):
        original = replace(change.original, key=key.removeprefix(known.originals_prefix))
        worker.ingest().given_up(original, reason)
    elif key.startswith(known.inbox_prefix) and change.kind != EventKind.REMOVED:
        worker.failed_inbox().given_up(replace(change.original, key=key.removeprefix(known.inbox_prefix)), reason)


def _marked(message: dict[str, Any]) -> bool:
    try:
        for change in object_events(message.get("body", "")):
            if change.kind in (EventKind.CREATED, EventKind.REMOVED):
                give_up(change, ENDED)
            log.event("a change was given up", level=logging.ERROR, kind=change.kind, key=change.original.key)
    except ServiceUnavailableError as error:
        log.event("a change that was given up is not marked yet", level=logging.WARNING, error=str(error))
        return False
    return True
