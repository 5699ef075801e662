"""Attempts one event: logs its result with its metrics, and contains its fault, so that other events go on."""

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
    """One event of a queue's message. `receives` is the number of times the message was received."""

    message: str
    receives: int
    event: ObjectEvent


@dataclass(frozen=True)
class Outcome:
    """The result of a work item: failed and to be retried, or committed and still unsettled, or done."""

    item: WorkItem
    failed: bool = False
    unsettled: Committed | None = None


@dataclass(frozen=True)
class Attempts:
    """Attempts work items. At the last of `maximum_receives` receives, a failed event is given up."""

    give_up: GiveUp
    metrics: Metrics
    maximum_receives: int

    def attempt(self, item: WorkItem, act: Callable[[], Committed | None]) -> Outcome:
        """Run the action of one item. Raises nothing, so that a fault does not send other messages back."""
        try:
            unsettled = self.metrics.timing("TotalTime", act)()
        except ServiceUnavailableError as error:
            return self._handle_fault(item, logging.WARNING, error, IN_AWS.format(error))
        except Exception as error:  # noqa: BLE001
            return self._handle_fault(item, logging.ERROR, error, IN_SAFELIGHT.format(type(error).__name__))
        log.event("an event is processed", **{**_fields(item), **self.metrics.flush()})
        return Outcome(item, unsettled=unsettled)

    def _handle_fault(self, item: WorkItem, level: int, error: Exception, reason: str) -> Outcome:
        fields = {**_fields(item), "error": str(error), **self.metrics.flush(TriedAgain=1)}
        log.event("an event is to be retried", level=level, exc_info=level == logging.ERROR, **fields)
        # The reason is written at the last receive, because the handler of dead letters does not get it.
        if item.receives >= self.maximum_receives:
            try:
                self.give_up.mark(item.event, f"{GIVEN_UP} after {item.receives} tries: {reason}.")
            except Exception as fault:  # noqa: BLE001 - then that handler marks the photo
                log.event("an event that was given up is not marked yet", level=logging.WARNING, error=str(fault))
        return Outcome(item, failed=True)


def _fields(item: WorkItem) -> dict[str, str]:
    return {"kind": item.event.kind, "key": item.event.original.key}
