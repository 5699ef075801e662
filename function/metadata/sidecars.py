"""Reads the sidecar that a program wrote beside the photo, and puts its values over those of the photo."""

import codecs
from dataclasses import replace
from typing import Any

from function.metadata.capture_time import moment_of, trust
from function.metadata.dates import XMP
from function.metadata.moments import Moment, agree, completed
from function.metadata.reading import WANTED, metadata
from function.metadata.tags import of_packet
from function.values.description import Metadata

# Sidecars have some ten kilobytes; with drawn masks and histories some megabytes.
LARGEST = 16 << 20
WANTED_IN_SIDECARS = {name for name in WANTED if name.startswith("Xmp.")}
ENCODINGS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

# What is the owner's to say: each group goes over the photo's as a whole, where the sidecar says any of it.
OWNED = (
    ("latitude", "longitude", "altitude"),
    ("quarter", "city", "region", "country"),
    ("rating",),
    ("keywords",),
    ("people",),
    ("title",),
    ("caption",),
    ("artist",),
    ("copyright",),
)
# The dates by which a program says when the photo was taken.
DECIDES = {XMP}
# What is the camera's: from the sidecar only where the photo does not say it.
CAMERA = ("make", "model", "lens", "exposure", "aperture", "iso", "focal_length", "orientation")


def read_sidecar(content: bytes) -> Metadata:
    """Read the metadata of an .xmp file; none where it is another file, larger than 16 MB, or unreadable."""
    text = _decoded(content) if len(content) <= LARGEST else ""
    return metadata(of_packet(text.encode(errors="replace"), WANTED_IN_SIDECARS))


def merged(photo: Metadata, sidecar: Metadata) -> Metadata:
    """The photo's metadata with the sidecar's over it."""
    owned = {name: value for group in OWNED for name, value in _group(sidecar, group).items()}
    camera = {name: getattr(sidecar, name) for name in CAMERA if getattr(photo, name) is None}
    return replace(photo, **owned, **camera, **_time(photo, sidecar))


def _group(sidecar: Metadata, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(sidecar, name) for name in names}
    return values if any(value not in (None, ()) for value in values.values()) else {}


def _time(photo: Metadata, sidecar: Metadata) -> dict[str, Any]:
    """The sidecar's date where it says when the photo was taken; else the photo's, completed by one that agrees.

    Dates of satellites and of digitizing in a sidecar may be its program's own: they count where the photo has none
    that is trusted as much.
    """
    own, beside = moment_of(photo), moment_of(sidecar)
    if not beside:
        return {}
    if not own:
        found = beside
    elif _is_corrected(own, beside):
        found = completed(beside, own)
    else:
        found = completed(own, beside)
    return {"taken": found.when, "taken_source": found.source, "taken_precision": found.precision}


def _is_corrected(own: Moment, beside: Moment) -> bool:
    """Check whether the sidecar's date replaces the photo's: another time, or the same clock in another zone."""
    if agree(own, beside):
        return bool(own.when.tzinfo and beside.when.tzinfo) and own.when.utcoffset() != beside.when.utcoffset()
    is_trusted = trust(beside.source) - trust(own.source)
    return is_trusted > 0 or (is_trusted == 0 and beside.source in DECIDES)


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in ENCODINGS.items() if content.startswith(mark)), "utf-8")
    return content.decode(encoding, errors="replace")
