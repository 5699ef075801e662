"""Defines objects in the buckets: versions of originals, stored renditions."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ObjectVersion:
    """One version of one object, as named by an event. `key` is relative to its prefix; `sequencer` orders events."""

    key: str
    version_id: str | None
    sequencer: str
    uploaded: datetime


@dataclass(frozen=True)
class Rendition:
    """A stored rendition. `key` is its key in the renditions bucket; sizes are in pixels and bytes.

    `recipe` is the rendition_id of its spec. Where the photo is no larger than the size, `key` is that of
    the next larger rendition, which serves for this size too.
    """

    name: str
    key: str
    width: int
    height: int
    bytes: int
    content_type: str
    recipe: str | None = None
