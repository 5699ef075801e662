"""Attempts one event of a message: logs its result with its metrics, and keeps its fault from the other events."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from function.errors import ServiceUnavailableError
from function.service.history import GIVEN_UP
from function.service.ingest.commit import Committed
from function.service.ingest.give_up import GiveUp
from function.telemetry import log
from function.telemetry.metrics import Metrics
from function.values.events import ObjectEvent

IN_AWS = "AWS did not answer ({})"
IN_SAFELIGHT = "there is a fault in Safelight ({}; the worker's log says more)"


@dataclass(frozen=True)
class WorkItem:
    """One event of a queue's message; `receives` counts how often the message has come."""

    message: str
    receives: int
    event: ObjectEvent


@dataclass(frozen=True)
class Outcome:
    """The result of a work item: it has to be retried, or its photo waits to be settled, or it is done."""

    item: WorkItem
    failed: bool = False
    unsettled: Committed | None = None


@dataclass(frozen=True)
class Attempts:
    """Attempts of work items. After `maximum_receives` receives of a message, its events are given up."""

    give_up: GiveUp
    metrics: Metrics
    maximum_receives: int

    def attempt(self, item: WorkItem, act: Callable[[], Committed | None]) -> Outcome:
        """Act on one item; its fault, whatever it is, must not send other messages back."""
        try:
            unsettled = self.metrics.timing("TotalTime", act)()
        except ServiceUnavailableError as error:
            return self._failed(item, logging.WARNING, error, IN_AWS.format(error))
        except Exception as error:  # noqa: BLE001
            return self._failed(item, logging.ERROR, error, IN_SAFELIGHT.format(type(error).__name__))
        log.event("an event is processed", **{**_fields(item), **self.metrics.flush()})
        return Outcome(item, unsettled=unsettled)

    def _failed(self, item: WorkItem, level: int, error: Exception, reason: str) -> Outcome:
        fields = {**_fields(item), "error": str(error), **self.metrics.flush(TriedAgain=1)}
        log.event("an event is to be retried", level=level, exc_info=level == logging.ERROR, **fields)
        # After the last receive the reason is written here: the dead letters' handler, which comes next, has none.
        if item.receives >= self.maximum_receives:
            try:
                self.give_up.mark(item.event, f"{GIVEN_UP} after {item.receives} tries: {reason}.")
            except Exception as again:  # noqa: BLE001 - then that handler marks the photo
                log.event("an event that was given up is not marked yet", level=logging.WARNING, error=str(again))
        return Outcome(item, failed=True)


def _fields(item: WorkItem) -> dict[str, str]:
    return {"kind": item.event.kind, "key": item.event.original.key}
