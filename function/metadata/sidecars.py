"""What the owner's program wrote into a sidecar beside the photo, and how that goes over what the photo holds."""

import codecs
from dataclasses import replace
from typing import Any

from function.metadata.capture_time import trust
from function.metadata.reading import WANTED, metadata
from function.metadata.tags import tags_of
from function.values.description import Metadata

# Sidecars have some ten kilobytes; what reads them takes a time that grows faster than they do.
LARGEST = 1 << 20
WANTED_IN_SIDECARS = {name for name in WANTED if name.startswith("Xmp.")}
ENCODINGS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What comes before is left out: a document type too, and the entities that it may declare.
PACKET = "<x:xmpmeta"
END = "</x:xmpmeta>"

# What is the owner's to say: each group goes over the photo's as a whole, where the sidecar says any of it.
OWNED = (
    ("latitude", "longitude", "altitude"),
    ("city", "region", "country"),
    ("rating",),
    ("keywords",),
    ("title",),
    ("caption",),
    ("artist",),
    ("copyright",),
)
# What is the camera's: from the sidecar only where the photo does not say it.
CAMERA = ("make", "model", "lens", "exposure", "aperture", "iso", "focal_length", "orientation")


def read_sidecar(content: bytes) -> Metadata:
    """What an .xmp file tells; nothing where it is none, is larger than a megabyte, or cannot be read."""
    text = _decoded(content) if len(content) <= LARGEST else ""
    start, end = text.find(PACKET), text.rfind(END)
    if start < 0 or end < start:
        return Metadata()
    return metadata(tags_of(text[start : end + len(END)].encode(), WANTED_IN_SIDECARS))


def merged(photo: Metadata, sidecar: Metadata) -> Metadata:
    """The photo's metadata with the sidecar's over it."""
    owned = {name: value for group in OWNED for name, value in _group(sidecar, group).items()}
    camera = {name: getattr(sidecar, name) for name in CAMERA if getattr(photo, name) is None}
    return replace(photo, **owned, **camera, **_time(photo, sidecar))


def _group(sidecar: Metadata, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(sidecar, name) for name in names}
    return values if any(value not in (None, ()) for value in values.values()) else {}


def _time(photo: Metadata, sidecar: Metadata) -> dict[str, Any]:
    """The sidecar's time, unless it says less: the same to the second without an offset, or one less to be trusted."""
    if not sidecar.taken or not sidecar.taken_source:
        return {}
    if photo.taken and photo.taken_source:
        same = photo.taken.replace(tzinfo=None, microsecond=0) == sidecar.taken.replace(tzinfo=None, microsecond=0)
        if (same and not sidecar.taken.tzinfo) or trust(sidecar.taken_source) < trust(photo.taken_source):
            return {}
    return {"taken": sidecar.taken, "taken_source": sidecar.taken_source}


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in ENCODINGS.items() if content.startswith(mark)), "utf-8")
    return content.decode(encoding, errors="replace")
