"""EXIF, IPTC and XMP as they are written, by Exiv2, from every format that it reads."""

from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from threading import Lock
from typing import Any, BinaryIO

import exiv2

from function.metadata.slices import Handed, metadata_bytes

# From the tag's name, as Exiv2 has it, to what is written there: one text or several.
Tags = Mapping[str, tuple[str, ...]]

# Bytes of one value, and values of one tag: more than is shown, less than what a layered TIFF or a DNG holds in a tag.
LONGEST_VALUE = 200_000
MOST_VALUES = 500

# How EXIF and XMP begin wherever they lie, how much of that comes before what Exiv2 knows, and how they end.
PLAIN_SIGHT = ((b"Exif\0\0II*\0", 6, b""), (b"Exif\0\0MM\0*", 6, b""), (b"<x:xmpmeta", 0, b"</x:xmpmeta>"))
LONGEST_EXIF = 1 << 20

# It warns about every oddity of every camera.
exiv2.LogMsg.setLevel(exiv2.LogMsg.Level.mute)
_alone = Lock()


def tags(photo: BinaryIO, wanted: Container[str]) -> Tags:
    """The wanted ones of the photo's tags; none where it has none or they cannot be read, whatever the file holds."""
    content = metadata_bytes(photo)
    if not content:
        return {}
    return tags_of(content, wanted) or _in_plain_sight(content, wanted)


def tags_of(content: Handed, wanted: Container[str]) -> Tags:
    """The wanted tags of a file that is one for Exiv2."""
    collected: dict[str, tuple[str, ...]] = {}
    try:
        with _alone:  # what reads XMP is not made for threads
            image = exiv2.ImageFactory.open(content)
            with suppress(exiv2.Exiv2Error):  # what was read before the file turned out broken counts
                image.readMetadata()
            for directory in (image.exifData(), image.iptcData(), image.xmpData()):
                for name, values in _values(directory, wanted):
                    collected[name] = (*collected.get(name, ()), *values)[:MOST_VALUES]
    except Exception:  # noqa: BLE001 - a file may hold anything, and Exiv2 says so in many ways
        return {}
    return collected


def _in_plain_sight(content: Handed, wanted: Container[str]) -> Tags:
    """The tags of the EXIF and XMP that lie in a file whose container Exiv2 does not take apart, or takes wrongly."""
    found: dict[str, tuple[str, ...]] = {}
    for begins, skipped, ends in PLAIN_SIGHT:
        start = content.find(begins)
        end = content.find(ends, start) + len(ends) if ends else start + LONGEST_EXIF
        if start >= 0:
            found |= tags_of(content[start + skipped : end], wanted)
    return found


def _values(directory: Iterable[Any], wanted: Container[str]) -> Iterable[tuple[str, list[str]]]:
    for datum in directory:
        name = datum.key()
        if name in wanted and datum.size() <= LONGEST_VALUE:
            yield name, [_decoded(text) for text in _texts(datum)]


def _texts(datum: Any) -> list[str]:
    kind = datum.typeId()
    if kind in (exiv2.TypeId.xmpBag, exiv2.TypeId.xmpSeq):
        return [datum.toString(number) for number in range(min(datum.count(), MOST_VALUES))]
    # Of a text in several languages, the default; else all of them with their names.
    default = datum.toString(0) if kind == exiv2.TypeId.langAlt else ""
    return [default or datum.toString()]


def _decoded(text: str) -> str:
    # EXIF says ASCII and means whatever the camera's menu was in; what is not UTF-8 comes as lone surrogates.
    return text if text.isascii() else _or_latin(text.encode(errors="surrogateescape"))


def _or_latin(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")
