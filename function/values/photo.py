"""A photo as the index has it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from function.values.analysis import Label
from function.values.annotations import Annotations
from function.values.description import Confidence, Metadata, Precision
from function.values.history import HistoryEntry
from function.values.objects import Rendition


class State(StrEnum):
    """What a photo has come to. Every photo ends in one of these."""

    READY = "ready"
    PARTIAL = "partial"
    FLAGGED = "flagged"
    UNSUPPORTED = "unsupported"
    FAILED = "failed"
    SKIPPED = "skipped"
    DELETED = "deleted"


@dataclass(frozen=True)
class Photo:
    """What the index knows of one photo. `key` is relative to the originals prefix; times are aware datetimes.

    `taken` is None where no date is known: the photo is then sorted by its upload, and `taken_source` is "upload".
    `settled` says that what follows from the photo's state is done: it is posted and announced, and the renditions and
    postings that it replaced, whose keys are in `stale` and `stale_postings`, are gone. `revision` counts the writes.
    The ledger's oldest entry is first. `etag` is S3's own name for the original's bytes, `sidecar` that for the sidecar
    that the metadata counts in. `labels` are None until somebody has looked; `asked` is when that was tried last, and
    `unlabelled` why it has not come to labels yet.
    """

    key: str
    state: State
    sequencer: str
    version_id: str | None = None
    reason: str | None = None
    format: str | None = None
    bytes: int | None = None
    etag: str | None = None
    width: int | None = None
    height: int | None = None
    taken: datetime | None = None
    taken_source: str | None = None
    taken_confidence: Confidence | None = None
    taken_precision: Precision | None = None
    uploaded: datetime | None = None
    updated: datetime | None = None
    recipe: str | None = None
    placeholder: str | None = None
    phash: str | None = None
    colours: tuple[str, ...] = ()
    metadata: Metadata = Metadata()
    words: Annotations = Annotations()
    sidecar: str | None = None
    labels: tuple[Label, ...] | None = None
    asked: datetime | None = None
    unlabelled: str | None = None
    renditions: tuple[Rendition, ...] = ()
    stale: tuple[str, ...] = ()
    stale_postings: tuple[str, ...] = ()
    ledger: tuple[HistoryEntry, ...] = ()
    settled: bool = False
    revision: int = 0

    @property
    def caption(self) -> str | None:
        """The caption to show: its owner's, else the file's own."""
        return self.metadata.caption if self.words.caption is None else self.words.caption or None

    def revised(self, **changes: Any) -> "Photo":
        """The photo after these changes, as the next write."""
        return replace(self, revision=self.revision + 1, **changes)
