"""The values that travel through the function: frozen, without behaviour that needs a service."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from function.contract import RenditionSpec


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
class RenderedImage:
    """One rendition as encoded bytes; width and height in pixels, as seen upright.

    `same_as` is the part of the recipe whose larger rendition serves for this one too, because the photo is no larger
    than this size: its bytes are the same, and are to be stored once.
    """

    spec: RenditionSpec
    width: int
    height: int
    content_type: str
    content: bytes = field(repr=False)
    same_as: RenditionSpec | None = None


@dataclass(frozen=True)
class Rendering:
    """What imaging made of a photo: its format, its upright size in pixels, and its renditions, largest first.

    `source` tells what the pixels came from: full, preview, half or drawn. A `partial_reason` says why the photo is not
    whole. `placeholder` is base64 of width, height and that many RGB cells; `phash` 64 bits in hexadecimal; `colours`
    #rrggbb.
    """

    format: str
    width: int
    height: int
    source: str
    renditions: tuple[RenderedImage, ...]
    placeholder: str
    phash: str
    colours: tuple[str, ...]
    partial_reason: str | None = None


class Precision(StrEnum):
    """The smallest unit of a time that is known; what is smaller is set to its first value."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True)
class Metadata:
    """What camera and owner wrote; `None` where nothing. Degrees are decimal, exposure in seconds, lengths in mm.

    `taken` has an offset where one was written; `taken_source` says which date it is, `taken_precision` how much of it
    is known. `orientation` is EXIF's, 1 to 8; `rating` goes from 0, unrated, to 5, and -1 is rejected. `quarter` is the
    part of the city; `people` are the names of persons in the picture.
    """

    taken: datetime | None = None
    taken_source: str | None = None
    taken_precision: Precision | None = None
    make: str | None = None
    model: str | None = None
    lens: str | None = None
    exposure: str | None = None
    aperture: float | None = None
    iso: int | None = None
    focal_length: float | None = None
    orientation: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    altitude: float | None = None
    quarter: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    artist: str | None = None
    copyright: str | None = None
    title: str | None = None
    caption: str | None = None
    rating: int | None = None
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class Confidence(StrEnum):
    """How far a photo's time is to be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Taken:
    """When a photo was taken, on the clock of where it was taken: with an offset where that is known.

    Without any date `when` is the time of the upload, by which the photo is sorted, and `is_known` is false.
    """

    when: datetime
    source: str
    confidence: Confidence
    precision: Precision = Precision.SECOND
    is_known: bool = True


@dataclass(frozen=True)
class Place:
    """A place by name: the city, its region (state, province), its country, and the quarter where that is known."""

    city: str
    region: str | None
    country: str
    quarter: str | None = None


@dataclass(frozen=True)
class Description:
    """What is known of a photo by its file: when it was taken, and what is written in it."""

    taken: Taken
    metadata: Metadata


@dataclass(frozen=True)
class Words:
    """What the owner wrote about a photo here: it goes over what the file says, which stays as it is.

    `caption` is None where the file's own counts, and empty where none is to be shown.
    """

    caption: str | None = None
    favourite: bool = False
    albums: tuple[str, ...] = ()


@dataclass(frozen=True)
class Original:
    """One version of one object, as an event tells of it: `key` is below its prefix, `sequencer` orders events."""

    key: str
    version_id: str | None
    sequencer: str
    uploaded: datetime


@dataclass(frozen=True)
class Entry:
    """A line of a photo's ledger: when something happened, what, and what there is to say of it."""

    when: datetime
    what: str
    detail: str | None = None


@dataclass(frozen=True)
class Rendition:
    """A stored rendition; `key` is its key in the renditions bucket, sizes in pixels and bytes.

    `recipe` names the part of the recipe that it is of. Where the photo is no larger than the size, `key` is that of
    the next larger rendition, which serves for this size too.
    """

    name: str
    key: str
    width: int
    height: int
    bytes: int
    content_type: str
    recipe: str | None = None


@dataclass(frozen=True)
class Label:
    """What is seen in a photo, by name; `confidence` in percent, `parents` what it is a kind of."""

    name: str
    confidence: float
    parents: tuple[str, ...] = ()


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
    words: Words = Words()
    sidecar: str | None = None
    labels: tuple[Label, ...] | None = None
    asked: datetime | None = None
    unlabelled: str | None = None
    renditions: tuple[Rendition, ...] = ()
    stale: tuple[str, ...] = ()
    stale_postings: tuple[str, ...] = ()
    ledger: tuple[Entry, ...] = ()
    settled: bool = False
    revision: int = 0

    @property
    def caption(self) -> str | None:
        """The caption to show: its owner's, else the file's own."""
        return self.metadata.caption if self.words.caption is None else self.words.caption or None

    def revised(self, **changes: Any) -> "Photo":
        """The photo after these changes, as the next write."""
        return replace(self, revision=self.revision + 1, **changes)
