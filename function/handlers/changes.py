"""What S3 told, out of a queue's message: directly, or in the envelope of a topic or of EventBridge."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import unquote_plus

from function import log
from function.contract import LABEL_TASK, SETTLE, TASKS
from function.values import Original

# S3's sequencers are hexadecimal and of unequal length: they compare from the left, shorter ones filled with zeros.
SEQUENCER_LENGTH = 64


class Kind(StrEnum):
    """What happened to an object, or what is to be done with it."""

    CREATED = "ObjectCreated"
    REMOVED = "ObjectRemoved"
    REPROCESS = "reprocess"
    BACKFILL = "backfill"
    REBUILD = "rebuild"
    LABEL = LABEL_TASK
    SETTLE = SETTLE


EVENTBRIDGE = {"Object Created": Kind.CREATED, "Object Deleted": Kind.REMOVED}


@dataclass(frozen=True)
class Change:
    """One change of one object; the original's key is the whole one."""

    kind: Kind
    original: Original


def changes(body: str) -> Iterator[Change]:
    """The changes that a message tells of; what is no news of an object is logged and passed over."""
    for told in _opened(body):
        try:
            yield from _change(told)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            log.event("what tells of no object is passed over", error=type(error).__name__)


def _opened(body: str) -> Iterator[Any]:
    """What the message holds, out of its envelopes."""
    try:
        told = json.loads(body)
    except (ValueError, TypeError, RecursionError):
        told = None
    if not isinstance(told, dict):
        log.event("what tells of no object is passed over", kind=type(told).__name__)
    elif told.get("Type") == "Notification":
        yield from _opened(told.get("Message", ""))
    elif isinstance(told.get("Records"), list):
        yield from told["Records"]
    else:
        yield told


def _change(told: dict[str, Any]) -> Iterator[Change]:
    if told.get("task") in (*TASKS, SETTLE, LABEL_TASK):
        yield from (_asked(told["task"], key) for key in told["keys"])
    elif "eventName" in told:
        yield from _from_record(told)
    elif told.get("detail-type") in EVENTBRIDGE:
        yield _from_eventbridge(told)
    else:
        log.event("what tells of no object is passed over", kind=str(told.get("Event")))


def _asked(task: str, key: str) -> Change:
    # Of no event, so that every event is newer.
    return Change(Kind(task), Original(key, None, _sequencer(""), datetime.now(UTC)))


def _from_record(record: dict[str, Any]) -> Iterator[Change]:
    name = record["eventName"].removeprefix("s3:").split(":")[0]
    if name not in (Kind.CREATED, Kind.REMOVED):
        log.event("an event of another kind is passed over", kind=name)
        return
    described = record["s3"]["object"]
    yield Change(Kind(name), _original(described, unquote_plus(described["key"]), record["eventTime"]))


def _from_eventbridge(told: dict[str, Any]) -> Change:
    described = told["detail"]["object"]
    translated = {**described, "versionId": described.get("version-id")}
    # EventBridge gives the key as it is.
    return Change(EVENTBRIDGE[told["detail-type"]], _original(translated, described["key"], told["time"]))


def _original(described: dict[str, Any], key: str, when: str) -> Original:
    return Original(
        key=key,
        version_id=described.get("versionId"),
        sequencer=_sequencer(str(described.get("sequencer", ""))),
        uploaded=datetime.fromisoformat(when).astimezone(UTC),
    )


def _sequencer(told: str) -> str:
    return told.upper().ljust(SEQUENCER_LENGTH, "0")
