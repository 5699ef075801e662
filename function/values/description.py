"""What a file says of itself: when and where the photo was taken, by which camera, and words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
