"""The worker's entrance: a batch of messages, of which only what failed goes back to the queue."""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from function import log, settings
from function.bootstrap import decoders

if settings.is_function():
    # On another processor, and while files are read, the decoders load as the SDK does here.
    decoders.sandbox()

from function.bootstrap import clients, pipeline
from function.contract import RECORDS_PREFIX
from function.handlers.changes import Change, Kind, changes
from function.handlers.failures import give_up
from function.ports import WorldError
from function.service.ledger import GIVEN_UP
from function.values import Original

# In place of a message's id, where there was no message.
STRAIGHT = "straight"
# What is named by its id has no prefix.
ANY = ""


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
    applied = [_is_applied(change, _tries(message)) for change in changes(message.get("body", ""))]
    return all(applied)


def _tries(message: dict[str, Any]) -> int:
    return int(message.get("attributes", {}).get("ApproximateReceiveCount", 1))


def _is_applied(change: Change, tries: int) -> bool:
    named: dict[str, Any] = {"kind": change.kind, "key": change.original.key}
    figures = clients.figures()
    # One change's fault, whatever it is, must not send the others back.
    try:
        figures.timing("TotalTime", _apply)(change)
    except WorldError as error:
        told = {**named, "error": str(error), **figures.told(TriedAgain=1)}
        log.event("a change is to be tried again", level=logging.WARNING, **told)
        _give_up(change, tries, f"AWS did not answer ({error})")
        return False
    except Exception as error:  # noqa: BLE001
        log.event(
            "a change is to be tried again", level=logging.ERROR, exc_info=True, **named, **figures.told(TriedAgain=1)
        )
        _give_up(change, tries, f"there is a fault in Safelight ({type(error).__name__}; the worker's log says more)")
        return False
    log.event("a change is worked off", **named, **figures.told())
    return True


def _give_up(change: Change, tries: int, reason: str) -> None:
    """After the last try, say why: the dead letters' own handler, which comes next, knows no reason."""
    if tries < pipeline.settings().maximum_receives:
        return
    with suppress(Exception):  # then that handler marks the photo
        give_up(change, f"{GIVEN_UP} after {tries} tries: {reason}.")


def _apply(change: Change) -> None:
    key = change.original.key
    for (prefix, kind), act in _actions().items():
        # A key that ends with a slash is a folder, as some clients draw them.
        if kind == change.kind and key.startswith(prefix) and not key.endswith("/"):
            act(replace(change.original, key=key.removeprefix(prefix)))


def _actions() -> dict[tuple[str, Kind], Callable[[Original], None]]:
    known = pipeline.settings()
    decoders.sandbox()  # it starts while the first photo is fetched
    return {
        (known.originals_prefix, Kind.CREATED): pipeline.intake().created,
        (known.originals_prefix, Kind.REMOVED): pipeline.intake().removed,
        (known.originals_prefix, Kind.REPROCESS): pipeline.upkeep().reprocess,
        (known.originals_prefix, Kind.BACKFILL): pipeline.upkeep().backfill,
        (ANY, Kind.LABEL): pipeline.upkeep().label,
        (known.originals_prefix, Kind.SETTLE): pipeline.upkeep().settle,
        (RECORDS_PREFIX, Kind.REBUILD): pipeline.upkeep().rebuild,
        (known.inbox_prefix, Kind.CREATED): pipeline.inbox().created,
        (known.inbox_prefix, Kind.REMOVED): pipeline.stuck().gone,
        (known.inbox_prefix, Kind.REPROCESS): pipeline.stuck().again,
        (known.inbox_prefix, Kind.BACKFILL): pipeline.stuck().again,
    }
