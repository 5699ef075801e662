"""The worker's entrance: a batch of messages, of which only what failed goes back to the queue."""

import json
import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

from function import log, settings
from function.bootstrap import decoders

if settings.is_function():
    # On another processor, and while files are read, the decoders load as the SDK does here.
    decoders.sandbox()

from function.bootstrap import clients, pipeline
from function.contract import RECORDS_PREFIX
from function.handlers.attempts import Outcome, Step, attempt
from function.handlers.changes import Change, Kind, changes
from function.ports import WorldError
from function.service.shelving import Placed
from function.values import Original

# In place of a message's id, where there was no message.
STRAIGHT = "straight"
# What is named by its id has no prefix.
ANY = ""
# While one photo is decoded, another one is fetched or stored.
AT_ONCE = 2
# New photos wait so many seconds for others to be settled with: they are shown meanwhile, but not found by a word.
GATHERED_SECONDS = 2.0

Act = Callable[[Original], Placed | None]


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Work off each change alone, but for what they can share; returns the ids of the messages to be tried again."""
    failed: set[str] = set()
    for steps in _rounds(list(_steps(event))):
        for outcomes in _gathered(_begun(steps)):
            failed.update(outcome.step.message for outcome in (*outcomes, *_settled(outcomes)) if outcome.failed)
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


def _rounds(steps: list[Step]) -> Iterator[list[Step]]:
    """The steps in rounds that come one after the other, each with at most one change of the same object."""
    while steps:
        first = {step.change.original.key: step for step in reversed(steps)}
        now = [step for step in steps if step is first[step.change.original.key]]
        yield now
        steps = [step for step in steps if step not in now]


def _begun(steps: Sequence[Step]) -> Iterator[Outcome]:
    """What comes of each step, in their order."""
    act = partial(_apply, _actions(_known(steps)))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda step: attempt(step, act), steps)


def _known(steps: Sequence[Step]) -> Collection[str] | None:
    """The keys of originals that something is known of; None where that cannot be told now."""
    prefix = pipeline.settings().originals_prefix
    keys = (step.change.original.key for step in steps if step.change.kind == Kind.CREATED)
    try:
        return pipeline.intake().known_of(key.removeprefix(prefix) for key in keys if key.startswith(prefix))
    except WorldError:
        return None


def _gathered(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    gathered: list[Outcome] = []
    since = time.monotonic()
    for outcome in outcomes:
        gathered.append(outcome)
        if time.monotonic() - since > GATHERED_SECONDS:
            yield gathered
            gathered, since = [], time.monotonic()
    yield gathered


def _settled(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """What comes of the photos that are yet to be settled: first together, then one by one what is left."""
    waiting = [(outcome.step, outcome.placed) for outcome in outcomes if outcome.placed]
    left = _left([placed for _, placed in waiting])
    for step, placed in waiting:
        if placed in left:
            yield attempt(step, partial(_settle_alone, placed))


def _settle_alone(placed: Placed, _: Change) -> None:
    pipeline.intake().settle(placed)


def _left(placed: Sequence[Placed]) -> Sequence[Placed]:
    """What is to be settled alone, after the others were settled together."""
    if not placed:
        return ()
    try:
        left: Sequence[Placed] = pipeline.intake().shelving.settle_together(placed)
    except Exception as error:  # noqa: BLE001 - whose fault it is shows when each is settled alone
        log.event("photos are to be settled alone", level=logging.WARNING, error=str(error))
        left = placed
    log.event("photos are settled", photos=len(placed) - len(left), **clients.figures().told())
    return left


def _apply(actions: dict[tuple[str, Kind], Act], change: Change) -> Placed | None:
    key = change.original.key
    for (prefix, kind), act in actions.items():
        # A key that ends with a slash is a folder, as some clients draw them.
        if kind == change.kind and key.startswith(prefix) and not key.endswith("/"):
            return act(replace(change.original, key=key.removeprefix(prefix)))
    return None


def _actions(known: Collection[str] | None) -> dict[tuple[str, Kind], Act]:
    named = pipeline.settings()
    decoders.sandbox()  # it starts while the first photo is fetched

    def created(original: Original) -> Placed | None:
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
