"""One change of a message, tried: what comes of it is logged with its figures, and its faults are its own."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from function.bootstrap import clients, worker
from function.errors import ServiceUnavailableError
from function.handlers.events import ObjectEvent
from function.handlers.failures import give_up
from function.service.history import GIVEN_UP
from function.telemetry import log

if TYPE_CHECKING:
    from function.service.ingest.commit import Committed

IN_AWS = "AWS did not answer ({})"
IN_SAFELIGHT = "there is a fault in Safelight ({}; the worker's log says more)"


@dataclass(frozen=True)
class WorkItem:
    """One change that a message tells of; `tries` says how often the message has come."""

    message: str
    tries: int
    change: ObjectEvent


@dataclass(frozen=True)
class Outcome:
    """What came of a step: whether it is to be tried again, or a photo that is yet to be settled, or nothing more."""

    step: WorkItem
    failed: bool = False
    placed: "Committed | None" = None


def attempt(step: WorkItem, act: "Callable[[ObjectEvent], Committed | None]") -> Outcome:
    """Do what the change asks for; a fault, whatever it is, must not send other changes back."""
    try:
        placed = clients.metrics().timing("TotalTime", act)(step.change)
    except ServiceUnavailableError as error:
        return _failed(step, logging.WARNING, error, IN_AWS.format(error))
    except Exception as error:  # noqa: BLE001
        return _failed(step, logging.ERROR, error, IN_SAFELIGHT.format(type(error).__name__))
    log.event("a change is worked off", **{**_named(step), **clients.metrics().told()})
    return Outcome(step, placed=placed)


def _failed(step: WorkItem, level: int, error: Exception, reason: str) -> Outcome:
    told = {**_named(step), "error": str(error), **clients.metrics().told(TriedAgain=1)}
    log.event("a change is to be tried again", level=level, exc_info=level == logging.ERROR, **told)
    # After the last try, it says why: the dead letters' own handler, which comes next, knows no reason.
    if step.tries >= worker.settings().maximum_receives:
        with suppress(Exception):  # then that handler marks the photo
            give_up(step.change, f"{GIVEN_UP} after {step.tries} tries: {reason}.")
    return Outcome(step, failed=True)


def _named(step: WorkItem) -> dict[str, str]:
    return {"kind": step.change.kind, "key": step.change.original.key}
