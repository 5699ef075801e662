"""Answers of the HTTP API, with the headers that every one of them carries."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from function.bootstrap import api
from function.handlers.encoding import accepts
from function.index.keys import photo_id
from function.index.postings import facets
from function.service.browse.photos import Listing
from function.service.browse.related import Related
from function.service.gallery_files import File
from function.service.history import DATED
from function.values.photo import Photo

Response = dict[str, Any]

SECURITY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000",
}
PHOTO = ("key", "state", "reason", "format", "bytes", "width", "height", "placeholder", "colours")
TAKEN = ("taken_source", "taken_confidence", "taken_precision")
TIMES = ("taken", "uploaded", "updated")


def as_json(status: int, body: Any, etag: str | None = None) -> Response:
    """A JSON answer, which nobody keeps. With an ETag, its client can ask whether it is still the same."""
    headers = {**SECURITY, "content-type": "application/json", "cache-control": "no-store"}
    headers |= {"etag": etag} if etag else {}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body, ensure_ascii=False, default=_text)}


def unchanged(etag: str) -> Response:
    """The answer to a conditional request (RFC 9110, 13.1.2) for what is the same as before."""
    return {"statusCode": 304, "headers": {**SECURITY, "etag": etag, "cache-control": "no-store"}}


def listing_etag(listing: Listing) -> str:
    """A weak validator of a page of photos: it changes when a photo does, not when its signed addresses do."""
    content = repr([listing.cursor, *((photo.key, photo.revision, photo.updated) for photo in listing.photos)])
    return f'W/"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'


def no_content() -> Response:
    """Done, and there is nothing to say about it."""
    return {"statusCode": 204, "headers": SECURITY}


def as_file(file: File, headers: Mapping[str, str]) -> Response:
    """A file of the gallery, compressed where the request's headers allow that, or 304 where its client has it.

    A file whose name stands for its content is kept for a year; any other is asked for again at each visit.
    """
    kept = "public, max-age=31536000, immutable" if file.immutable else "no-cache"
    sent = {**SECURITY, "content-security-policy": _policy(), "etag": file.etag, "cache-control": kept}
    if file.etag in headers.get("if-none-match", ""):
        return {"statusCode": 304, "headers": sent}
    accepted = headers.get("accept-encoding", "")
    coding = next((coding for coding in file.compressed if accepts(accepted, coding)), None)
    content = file.compressed[coding] if coding else file.content
    sent |= {"content-type": file.content_type, "vary": "accept-encoding"}
    sent |= {"content-encoding": coding} if coding else {}
    return {"statusCode": 200, "headers": sent, "body": base64.b64encode(content).decode(), "isBase64Encoded": True}


def history(photo: Photo) -> list[dict[str, Any]]:
    """The photo's ledger as the API shows it: for the event "dated" the detail is the code of the date's source."""
    return [
        {"when": entry.when, "what": entry.what, "detail": _detail(entry.what, entry.detail)} for entry in photo.ledger
    ]


def source_code(source: str | None) -> str | None:
    """The code of a date's source, such as `exif.digitized`, of its name in the index, such as `exif digitized`."""
    return source.replace(" ", ".") if source else source


def _detail(what: str, detail: str | None) -> str | None:
    return source_code(detail.removeprefix("by ")) if what == DATED and detail else detail


def present_photo(photo: Photo) -> dict[str, Any]:
    """A photo as the API shows it, with signed addresses of its renditions."""
    renditions = api.signed_renditions()
    # One object may serve for several sizes, and to sign an address takes as long as the rest of a photo.
    addresses = {key: renditions.sign(key) for key in {rendition.key for rendition in photo.renditions}}
    return {
        "id": photo_id(photo.key),
        **{name: getattr(photo, name) for name in (*PHOTO, *TIMES, *TAKEN)},
        "taken_source": source_code(photo.taken_source),
        "caption": photo.caption,
        "favourite": photo.words.favourite,
        "albums": photo.words.albums,
        "terms": facets(photo),
        "metadata": {name: value for name, value in asdict(photo.metadata).items() if name not in ("taken", *TAKEN)},
        "renditions": [
            {
                "name": rendition.name,
                "width": rendition.width,
                "height": rendition.height,
                "bytes": rendition.bytes,
                "content_type": rendition.content_type,
                "url": addresses[rendition.key],
            }
            for rendition in photo.renditions
        ],
    }


def present_related(kin: Related) -> dict[str, Any]:
    """What the API shows of the photos that belong to one."""
    stack = {"cover": kin.cover, "others": [{**_photo_summary(other), "format": other.format} for other in kin.stack]}
    return {
        "duplicates": [_photo_summary(other) for other in kin.duplicates],
        "near_duplicates": [{**_photo_summary(other), "bits": bits} for other, bits in kin.near],
        "stack": stack if kin.stack else None,
    }


def _photo_summary(photo: Photo) -> dict[str, Any]:
    smallest = photo.renditions[-1:]  # the largest is first
    thumbnail = next((api.signed_renditions().sign(rendition.key) for rendition in smallest), None)
    return {"id": photo_id(photo.key), "key": photo.key, "thumbnail": thumbnail}


def _policy() -> str:
    pictures = _origin(api.signed_renditions().sign("any"))
    sign_in = api.settings().sign_in
    door = _origin(sign_in.get("endpoint") or sign_in.get("issuer", ""))
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' {pictures} data: blob:; "
        f"connect-src 'self' {door}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
