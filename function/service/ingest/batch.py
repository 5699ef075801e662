"""Processes the events of a batch. New photos share calls; every event succeeds or fails alone."""

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from function.service.ingest.attempt import Attempts, Outcome, WorkItem
from function.service.ingest.commit import Committed
from function.service.ingest.dispatch import Dispatcher
from function.service.ingest.intake import Ingest
from function.telemetry import log
from function.telemetry.metrics import Metrics
from function.values.events import EventKind, ObjectEvent

# Threads: while one photo is decoded, another one is fetched or stored.
WORKERS = 2
# Seconds for which new photos are collected before they are settled together. Until then they are in the timeline, but
# not in search.
SETTLE_WINDOW_SECONDS = 2.0

# The keys of originals that are in the index; None where these could not be read for the whole batch.
IndexedKeys = Collection[str] | None


@dataclass(frozen=True)
class Batch:
    """Processes batches of the worker's queue."""

    ingest: Ingest
    dispatcher: Dispatcher
    attempts: Attempts
    metrics: Metrics
    originals_prefix: str
    workers: int = WORKERS
    settle_window: float = SETTLE_WINDOW_SECONDS
    clock: Callable[[], float] = time.monotonic

    def process(self, items: Sequence[WorkItem]) -> set[str]:
        """Process the items of a batch. Returns the ids of the messages to retry."""
        retry: set[str] = set()
        for some in _rounds(items):
            for outcomes in self._windows(self._outcomes(some, self._indexed_keys(some))):
                settled = self._settle([outcome for outcome in outcomes if outcome.unsettled])
                retry.update(outcome.item.message for outcome in (*outcomes, *settled) if outcome.failed)
        return retry

    def _indexed_keys(self, items: Sequence[WorkItem]) -> IndexedKeys:
        created = [item.event.original.key for item in items if item.event.kind == EventKind.CREATED]
        prefix = self.originals_prefix
        try:
            return self.ingest.indexed_keys(key.removeprefix(prefix) for key in created if key.startswith(prefix))
        except Exception as error:  # noqa: BLE001 - each photo is looked up alone then, and fails alone
            log.event("photos are looked up one by one", level=logging.WARNING, error=str(error))
            return None

    def _outcomes(self, items: Sequence[WorkItem], indexed: IndexedKeys) -> Iterator[Outcome]:
        """Process the items on `workers` threads. Yields the outcomes in the order of items."""
        with ThreadPoolExecutor(self.workers) as pool:
            yield from pool.map(
                lambda item: self.attempts.attempt(item, lambda: self._process(item.event, indexed)), items
            )

    def _process(self, event: ObjectEvent, indexed: IndexedKeys) -> Committed | None:
        key = event.original.key.removeprefix(self.originals_prefix)
        is_new = event.kind == EventKind.CREATED and indexed is not None and key not in indexed
        if is_new and event.original.key.startswith(self.originals_prefix) and not key.endswith("/"):
            # If the photo was written since, the conditional write finds the conflict.
            return self.ingest.begin(replace(event.original, key=key))
        return self.dispatcher.dispatch(event)

    def _windows(self, outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
        """Group the outcomes by the settle window in which they were ready."""
        window: list[Outcome] = []
        since = self.clock()
        for outcome in outcomes:
            window.append(outcome)
            if self.clock() - since > self.settle_window:
                yield window
                window, since = [], self.clock()
        yield window

    def _settle(self, outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
        """Settle the photos of these outcomes by shared calls, then the rest one by one. Yields the rest's outcomes."""
        waiting = [(outcome.item, outcome.unsettled) for outcome in outcomes if outcome.unsettled]
        left = self._settle_together([committed for _, committed in waiting])
        for item, committed in waiting:
            if committed in left:
                yield self.attempts.attempt(item, lambda committed=committed: self.ingest.finalize(committed))  # type: ignore[misc]

    def _settle_together(self, committed: Sequence[Committed]) -> Sequence[Committed]:
        """Settle photos by shared calls. Returns those that have to be settled one by one."""
        if not committed:
            return ()
        try:
            left: Sequence[Committed] = self.ingest.finalizer.finalize_together(committed)
        except Exception as error:  # noqa: BLE001 - each photo is settled alone then, and fails alone
            log.event("photos are settled one by one", level=logging.WARNING, error=str(error))
            left = committed
        log.event("photos are settled", photos=len(committed) - len(left), **self.metrics.flush())
        return left


def _rounds(items: Sequence[WorkItem]) -> Iterator[list[WorkItem]]:
    """Split the items into successive rounds, each with at most one event of the same object."""
    left = list(items)
    while left:
        first = {item.event.original.key: item for item in reversed(left)}
        now = [item for item in left if item is first[item.event.original.key]]
        yield now
        left = [item for item in left if item not in now]
