"""Works off the changes of a batch: each alone, but for what new photos can share."""

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from function.bootstrap import clients, worker
from function.handlers.attempts import Outcome, WorkItem, attempt
from function.handlers.events import EventKind, ObjectEvent
from function.telemetry import log

if TYPE_CHECKING:
    from function.service.ingest.commit import Committed

# While one photo is decoded, another one is fetched or stored.
AT_ONCE = 2
# New photos wait so many seconds for others to be settled with: they are shown meanwhile, but not found by a word.
SETTLE_WINDOW_SECONDS = 2.0

# The keys of originals that something is known of; None where nobody can tell.
Known = Collection[str] | None
Act = Callable[[ObjectEvent], "Committed | None"]


def process(steps: list[WorkItem], acting: Callable[[Known], Act]) -> set[str]:
    """Do what each step asks for, by whoever acts on what is known; the ids of the messages that are to come again."""
    found: set[str] = set()
    for some in _rounds(steps):
        for outcomes in _gathered(_begun(some, acting(_known(some)))):
            found.update(outcome.step.message for outcome in (*outcomes, *_settled(outcomes)) if outcome.failed)
    return found


def _rounds(steps: list[WorkItem]) -> Iterator[list[WorkItem]]:
    """The steps in rounds that come one after the other, each with at most one change of the same object."""
    while steps:
        first = {step.change.original.key: step for step in reversed(steps)}
        now = [step for step in steps if step is first[step.change.original.key]]
        yield now
        steps = [step for step in steps if step not in now]


def _begun(steps: Sequence[WorkItem], act: Act) -> Iterator[Outcome]:
    """What comes of each step, in their order."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda step: attempt(step, act), steps)


def _known(steps: Sequence[WorkItem]) -> Known:
    prefix = worker.settings().originals_prefix
    keys = (step.change.original.key for step in steps if step.change.kind == EventKind.CREATED)
    try:
        return worker.ingest().known_of(key.removeprefix(prefix) for key in keys if key.startswith(prefix))
    except Exception as error:  # noqa: BLE001 - whose fault it is shows when each is looked up alone
        log.event("photos are to be looked up alone", level=logging.WARNING, error=str(error))
        return None


def _gathered(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    gathered: list[Outcome] = []
    since = time.monotonic()
    for outcome in outcomes:
        gathered.append(outcome)
        if time.monotonic() - since > SETTLE_WINDOW_SECONDS:
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


def _settle_alone(placed: "Committed", _: ObjectEvent) -> None:
    worker.ingest().settle(placed)


def _left(placed: "Sequence[Committed]") -> "Sequence[Committed]":
    """What is to be settled alone, after the others were settled together."""
    if not placed:
        return ()
    try:
        left: Sequence[Committed] = worker.ingest().shelving.settle_together(placed)
    except Exception as error:  # noqa: BLE001 - whose fault it is shows when each is settled alone
        log.event("photos are to be settled alone", level=logging.WARNING, error=str(error))
        left = placed
    log.event("photos are settled", photos=len(placed) - len(left), **clients.metrics().told())
    return left
