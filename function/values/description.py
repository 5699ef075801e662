"""Defines the description of a photo by its file: capture time, place, camera, text."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Precision(StrEnum):
    """The smallest known unit of a time. Smaller units are set to their first value."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True)
class Metadata:
    """The file's metadata; `None` for a missing field. Degrees are decimal, exposure in seconds, lengths in mm.

    `taken` has a UTC offset where one was written; `taken_source` names the field it was read from, `taken_precision`
    its smallest known unit. `orientation` is EXIF's, 1 to 8; `rating` goes from 0, unrated, to 5, and -1 is
    rejected. `quarter` is the part of the city; `people` are the names of persons in the picture.
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
    """The trust in a photo's capture time."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Taken:
    """A photo's capture time on the local clock, with its UTC offset where that is known.

    Without any date, `when` is the time of the upload, by which the photo is sorted, and `is_known` is false.
    """

    when: datetime
    source: str
    confidence: Confidence
    precision: Precision = Precision.SECOND
    is_known: bool = True


@dataclass(frozen=True)
class Place:
    """A place by name: city, region (state or province), country, and the part of the city where that is known."""

    city: str
    region: str | None
    country: str
    quarter: str | None = None


@dataclass(frozen=True)
class Description:
    """The description of a photo by its file: capture time and metadata."""

    taken: Taken
    metadata: Metadata
