"""What a file says of itself: when and where the photo was taken, by which camera, and words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class Metadata:
    """What camera and owner wrote; `None` where nothing. Degrees are decimal, exposure in seconds, lengths in mm.

    `taken` has an offset where one was written; `taken_source` says which date it is. `orientation` is EXIF's, 1 to 8;
    `rating` goes from 0, unrated, to 5, and -1 is rejected.
    """

    taken: datetime | None = None
    taken_source: str | None = None
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
    city: str | None = None
    region: str | None = None
    country: str | None = None
    artist: str | None = None
    copyright: str | None = None
    title: str | None = None
    caption: str | None = None
    rating: int | None = None
    keywords: tuple[str, ...] = ()


class Confidence(StrEnum):
    """How far a photo's time is to be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Taken:
    """When a photo was taken, on the clock of where it was taken: with an offset where that is known."""

    when: datetime
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Place:
    """A place by name: the nearest city, its region (state, province) and its country."""

    city: str
    region: str | None
    country: str


@dataclass(frozen=True)
class Description:
    """What is known of a photo by its file: when it was taken, and what is written in it."""

    taken: Taken
    metadata: Metadata
