"""The entry point for dead letters: marks what could not be taken in as failed, with the reason."""

import logging
from typing import Any

from function.bootstrap import worker
from function.errors import ServiceUnavailableError
from function.handlers.events import object_events
from function.service.history import GIVEN_UP
from function.telemetry import log
from function.values.events import EventKind

# The worker writes the reason itself, unless its process ended before it could.
ENDED = f"{GIVEN_UP}: each try ended the worker, for it took too much time or memory. Try it again."


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Mark the photo of each message. Returns the ids of the messages whose photos could not be marked yet."""
    failed = [message["messageId"] for message in event.get("Records", ()) if not _marked(message)]
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in failed]}


def _marked(message: dict[str, Any]) -> bool:
    try:
        for found in object_events(message.get("body", "")):
            if found.kind in (EventKind.CREATED, EventKind.REMOVED):
                worker.give_up().mark(found, ENDED)
            log.event("an event was given up", level=logging.ERROR, kind=found.kind, key=found.original.key)
    except ServiceUnavailableError as error:
        log.event("an event that was given up is not marked yet", level=logging.WARNING, error=str(error))
        return False
    return True
