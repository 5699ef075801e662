"""Presents photos: from the values of the index to the models of the API."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from msgspec import convert, structs

from function.handlers.routes import models
from function.index.keys import photo_id
from function.index.postings import facets
from function.service.browse.photos import Listing
from function.service.browse.related import Related
from function.service.history import DATED
from function.values.history import HistoryEntry
from function.values.photo import Photo

# From a rendition's key to its signed URL.
Sign = Callable[[str], str]
SAME = ("key", "state", "reason", "format", "bytes", "width", "height", "placeholder", "colours", "taken_source")


def photo(found: Photo, sign: Sign) -> models.Photo:
    """Return a photo with the signed URLs of its renditions."""
    return models.Photo(**_photo(found, sign))


def page(listing: Listing, sign: Sign) -> models.PhotoPage:
    """Return a page of photos."""
    return models.PhotoPage(tuple(photo(found, sign) for found in listing.photos), listing.cursor)


def listing_etag(listing: Listing) -> str:
    """Return a weak validator of a page: it changes when a photo does, not when its signed URLs do."""
    content = repr([listing.cursor, *((found.key, found.revision, found.updated) for found in listing.photos)])
    return f'W/"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'


def detail(found: Photo, related: Related, sign: Sign) -> models.PhotoDetail:
    """Return a photo with all that is known of it."""
    return models.PhotoDetail(
        **_photo(found, sign),
        labels=_copies(found.labels or (), models.Label),
        ledger=tuple(map(_ledger_entry, found.ledger)),
        duplicates=tuple(_summary(other, sign) for other in related.duplicates),
        near_duplicates=tuple(
            models.NearDuplicate(**structs.asdict(_summary(other, sign)), bits=bits) for other, bits in related.near
        ),
        stack=_stack(related, sign) if related.stack else None,
    )


def _photo(found: Photo, sign: Sign) -> dict[str, Any]:
    return {
        "id": photo_id(found.key),
        **{name: getattr(found, name) for name in SAME},
        **{name: getattr(found, name) for name in ("taken_confidence", "taken_precision")},
        **{name: _time(getattr(found, name)) for name in ("taken", "uploaded", "updated")},
        "caption": found.caption,
        "favourite": found.words.favourite,
        "albums": found.words.albums,
        "terms": facets(found),
        "metadata": convert(found.metadata, models.Metadata, from_attributes=True),
        "renditions": _renditions(found, sign),
    }


def _renditions(found: Photo, sign: Sign) -> tuple[models.Rendition, ...]:
    # Sizes can share one object, and to sign takes as long as the rest of a photo.
    urls = {key: sign(key) for key in {rendition.key for rendition in found.renditions}}
    return tuple(
        models.Rendition(one.name, one.width, one.height, one.bytes, one.content_type, urls[one.key])
        for one in found.renditions
    )


def _summary(other: Photo, sign: Sign) -> models.RelatedPhoto:
    smallest = other.renditions[-1:]  # the largest is first
    thumbnail = next((sign(rendition.key) for rendition in smallest), None)
    return models.RelatedPhoto(photo_id(other.key), other.key, thumbnail)


def _ledger_entry(entry: HistoryEntry) -> models.LedgerEntry:
    # Of a date the detail is the code of its source, such as exif.digitized; earlier releases wrote it with blanks.
    detail = (
        entry.detail.removeprefix("by ").replace(" ", ".") if entry.what == DATED and entry.detail else entry.detail
    )
    return models.LedgerEntry(entry.when.isoformat(), entry.what, detail)


def _stack(related: Related, sign: Sign) -> models.Stack:
    others = (
        models.StackedPhoto(**structs.asdict(_summary(other, sign)), format=other.format) for other in related.stack
    )
    return models.Stack(related.cover, tuple(others))


def _copies(values: Iterable[Any], model: type[models.Label]) -> tuple[models.Label, ...]:
    return tuple(convert(value, model, from_attributes=True) for value in values)


def _time(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
