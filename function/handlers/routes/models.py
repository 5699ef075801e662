"""The models of the API's JSON bodies: one definition for decoding, validation, answers and `docs/api.md`.

Models of requests lie beside the use cases that take them.
"""

from typing import Annotated

from msgspec import Meta, Struct

from function.service.edit.annotate import AnnotationChanges

__all__ = ["AnnotationChanges", "FacetValues", "GalleryConfig", "Message", "Photo", "PhotoDetail", "PhotoPage"]

Id = Annotated[str, Meta(description="the photo's id: 24 lower-case letters and digits")]
Time = Annotated[str, Meta(description="a time in ISO 8601", extra_json_schema={"format": "date-time"})]
Cursor = Annotated[str | None, Meta(description="the `cursor` parameter of the next page; null on the last one")]


class Message(Struct, frozen=True):
    """A sentence for the user."""

    message: str


class GalleryConfig(Struct, frozen=True):
    """The gallery's configuration: where its users sign in, the facets, and the limits of requests."""

    sign_in: dict[str, str]
    facets: tuple[str, ...]
    limits: Annotated[dict[str, int], Meta(description="photos of a page; characters of a caption and of an album")]


class Rendition(Struct, frozen=True):
    """A rendition, at a signed URL; width and height in pixels."""

    name: str
    width: int
    height: int
    bytes: int
    content_type: str
    url: Annotated[str, Meta(description="a signed URL, which expires after `safelight:signedUrlSeconds`")]


class Metadata(Struct, frozen=True):
    """The metadata of the file; null where it has none."""

    make: str | None
    model: str | None
    lens: str | None
    exposure: Annotated[str | None, Meta(description="the exposure time in seconds, such as 1/250")]
    aperture: Annotated[float | None, Meta(description="the f-number")]
    iso: int | None
    focal_length: Annotated[float | None, Meta(description="millimetres")]
    orientation: Annotated[int | None, Meta(description="EXIF's orientation of the original, 1 to 8")]
    latitude: Annotated[float | None, Meta(description="decimal degrees")]
    longitude: Annotated[float | None, Meta(description="decimal degrees")]
    altitude: Annotated[float | None, Meta(description="metres")]
    quarter: Annotated[str | None, Meta(description="the part of the city")]
    city: str | None
    region: str | None
    country: str | None
    artist: str | None
    copyright: str | None
    title: str | None
    caption: str | None
    rating: Annotated[int | None, Meta(description="0, unrated, to 5; -1 is rejected")]
    keywords: tuple[str, ...]
    people: Annotated[tuple[str, ...], Meta(description="names that were written into the file")]


class Photo(Struct, frozen=True, kw_only=True):
    """A photo. Null is what is not known of it."""

    id: Id
    key: Annotated[str, Meta(description="the original's key below its prefix; `../` leads out of it, to the inbox")]
    state: Annotated[str, Meta(description="ready, partial, flagged, unsupported, failed or skipped")]
    reason: Annotated[str | None, Meta(description="why the photo is not ready, and the next step")]
    format: str | None
    bytes: int | None
    width: Annotated[int | None, Meta(description="pixels, upright")]
    height: Annotated[int | None, Meta(description="pixels, upright")]
    placeholder: Annotated[str | None, Meta(description="a few pixels to show until a rendition is there")]
    colours: Annotated[tuple[str, ...], Meta(description="the main colours, as #rrggbb")]
    taken: Time | None
    taken_source: Annotated[str | None, Meta(description="where the time of capture was found")]
    taken_confidence: Annotated[str | None, Meta(description="how far that time is to be trusted: high, medium, low")]
    taken_precision: Annotated[
        str | None, Meta(description="the smallest unit of that time that is known: year, month, day, minute, second")
    ]
    uploaded: Time | None
    updated: Time | None
    caption: Annotated[str | None, Meta(description="the owner's caption, else the file's own")]
    favourite: bool
    albums: tuple[str, ...]
    terms: Annotated[dict[str, list[str]], Meta(description="the photo's values of each facet")]
    metadata: Metadata
    renditions: Annotated[tuple[Rendition, ...], Meta(description="largest first")]


class PhotoPage(Struct, frozen=True):
    """A page of photos, newest first."""

    photos: tuple[Photo, ...]
    cursor: Cursor


class Label(Struct, frozen=True):
    """A thing in the picture, by name."""

    name: str
    confidence: Annotated[float, Meta(description="percent")]
    parents: tuple[str, ...]


class LedgerEntry(Struct, frozen=True):
    """An entry of the photo's history."""

    when: Time
    what: str
    detail: str | None


class RelatedPhoto(Struct, frozen=True):
    """Another photo, in short."""

    id: Id
    key: str
    thumbnail: Annotated[str | None, Meta(description="a signed URL of the smallest rendition")]


class NearDuplicate(RelatedPhoto, frozen=True):
    """A photo that looks nearly the same."""

    bits: Annotated[int, Meta(description="how many of the 64 bits of the perceptual hashes differ")]


class StackedPhoto(RelatedPhoto, frozen=True):
    """Another file of the same shot."""

    format: str | None


class Stack(Struct, frozen=True):
    """The files of one shot."""

    cover: Annotated[str, Meta(description="the id of the photo that is shown for all of them")]
    others: tuple[StackedPhoto, ...]


class PhotoDetail(Photo, frozen=True, kw_only=True):
    """A photo with its labels, its ledger, and the photos that belong to it."""

    labels: tuple[Label, ...]
    ledger: Annotated[tuple[LedgerEntry, ...], Meta(description="oldest first")]
    duplicates: Annotated[tuple[RelatedPhoto, ...], Meta(description="photos of the same bytes")]
    near_duplicates: Annotated[tuple[NearDuplicate, ...], Meta(description="nearest first")]
    stack: Stack | None


class FacetValues(Struct, frozen=True):
    """A page of the values of a facet."""

    facet: str
    values: tuple[str, ...]
    cursor: Cursor
