"""Defines events: an object was created or removed, or a task was requested for it."""

from dataclasses import dataclass
from enum import StrEnum

from function.contract.tasks import LABEL_TASK, SETTLE
from function.values.objects import ObjectVersion


class EventKind(StrEnum):
    """The kinds of event: two of S3's, and the tasks of the contract."""

    CREATED = "ObjectCreated"
    REMOVED = "ObjectRemoved"
    REPROCESS = "reprocess"
    BACKFILL = "backfill"
    REBUILD = "rebuild"
    LABEL = LABEL_TASK
    SETTLE = SETTLE


@dataclass(frozen=True)
class ObjectEvent:
    """One event of one object. The key of `original` is a full key, its prefix included."""

    kind: EventKind
    original: ObjectVersion
