"""Parses the events in a queue's message: S3's own, or in the envelope of a topic or of EventBridge."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote_plus

from function.contract.tasks import LABEL_TASK, SETTLE, TASKS
from function.telemetry import log
from function.values.events import EventKind, ObjectEvent
from function.values.objects import ObjectVersion

# S3's sequencers are hexadecimal and of unequal length: they compare from the left, shorter ones filled with zeros.
SEQUENCER_LENGTH = 64


EVENTBRIDGE = {"Object Created": EventKind.CREATED, "Object Deleted": EventKind.REMOVED}


def object_events(body: str) -> Iterator[ObjectEvent]:
    """The changes that a message tells of; what is no news of an object is logged and passed over."""
    for told in _unwrapped(body):
        try:
            yield from _events(told)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            log.event("what tells of no object is passed over", error=type(error).__name__)


def _unwrapped(body: str) -> Iterator[Any]:
    """Yield the records of a message, out of their envelopes."""
    try:
        told = json.loads(body)
    except (ValueError, TypeError, RecursionError):
        told = None
    if not isinstance(told, dict):
        log.event("what tells of no object is passed over", kind=type(told).__name__)
    elif told.get("Type") == "Notification":
        yield from _unwrapped(told.get("Message", ""))
    elif isinstance(told.get("Records"), list):
        yield from told["Records"]
    else:
        yield told


def _events(told: dict[str, Any]) -> Iterator[ObjectEvent]:
    if told.get("task") in (*TASKS, SETTLE, LABEL_TASK):
        yield from (_task_event(told["task"], key) for key in told["keys"])
    elif "eventName" in told:
        yield from _from_record(told)
    elif told.get("detail-type") in EVENTBRIDGE:
        yield _from_eventbridge(told)
    else:
        log.event("what tells of no object is passed over", kind=str(told.get("Event")))


def _task_event(task: str, key: str) -> ObjectEvent:
    # Of no event, so that every event is newer.
    return ObjectEvent(EventKind(task), ObjectVersion(key, None, _sequencer(""), datetime.now(UTC)))


def _from_record(record: dict[str, Any]) -> Iterator[ObjectEvent]:
    name = record["eventName"].removeprefix("s3:").split(":")[0]
    if name not in (EventKind.CREATED, EventKind.REMOVED):
        log.event("an event of another kind is passed over", kind=name)
        return
    described = record["s3"]["object"]
    yield ObjectEvent(EventKind(name), _original(described, unquote_plus(described["key"]), record["eventTime"]))


def _from_eventbridge(told: dict[str, Any]) -> ObjectEvent:
    described = told["detail"]["object"]
    translated = {**described, "versionId": described.get("version-id")}
    # EventBridge gives the key as it is.
    return ObjectEvent(EVENTBRIDGE[told["detail-type"]], _original(translated, described["key"], told["time"]))


def _original(described: dict[str, Any], key: str, when: str) -> ObjectVersion:
    return ObjectVersion(
        key=key,
        version_id=described.get("versionId"),
        sequencer=_sequencer(str(described.get("sequencer", ""))),
        uploaded=datetime.fromisoformat(when).astimezone(UTC),
    )


def _sequencer(told: str) -> str:
    return told.upper().ljust(SEQUENCER_LENGTH, "0")
