"""Defines a photo as the index stores it."""

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
    """The states of a photo. Processing always ends in one of them."""

    READY = "ready"
    PARTIAL = "partial"
    FLAGGED = "flagged"
    UNSUPPORTED = "unsupported"
    FAILED = "failed"
    SKIPPED = "skipped"
    DELETED = "deleted"


@dataclass(frozen=True)
class Photo:
    """One photo of the index. `key` is relative to the originals prefix; times are aware datetimes.

    `taken` is None where no date is known: the photo is then sorted by its upload, and `taken_source` is "upload".
    `settled` says that all steps after the commit are done: the photo is posted and announced, and the renditions and
    postings that it replaced, whose keys are in `stale` and `stale_postings`, are removed. `revision` counts the
    writes. The ledger's oldest entry is first. `etag` is S3's ETag of the original, `sidecar` the ETag of the sidecar
    that the metadata includes. `labels` are None until the photo was analysed; `asked` is the time of the last attempt,
    `unlabelled` the reason why there are no labels yet.
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
        """The caption to show: the owner's, else the file's own."""
        return self.metadata.caption if self.words.caption is None else self.words.caption or None

    def revised(self, **changes: Any) -> "Photo":
        """Return the photo with these changes and the next revision, to be written."""
        return replace(self, revision=self.revision + 1, **changes)
