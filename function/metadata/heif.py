"""Reads the metadata of files of boxes: HEIF and AVIF keep it in items, JPEG XL and films in boxes of their own."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from function.files.formats import CR3_BRAND
from function.metadata.slices import Handed

MOST_BOXES, MOST_ITEMS, MOST_EXTENTS = 10_000, 10_000, 64
LARGEST = 16 << 20
META, ITEMS, LOCATIONS, DATA = b"meta", b"iinf", b"iloc", b"idat"
# The first byte of QuickTime's calendar.
EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
WITHIN_DATA = 1


class Box(NamedTuple):
    """A box's kind, and where its content begins and ends."""

    kind: bytes
    start: int
    end: int


class Location(NamedTuple):
    """The location of an item's bytes, in the file or in the box of data, with offset and length of each part."""

    construction: int
    extents: list[tuple[int, int]]


def exif(content: Handed) -> bytes:
    """The block of EXIF with its prefix, if it has one; empty where there is none."""
    return _boxed(content, b"Exif") or _item(content, lambda kind, _: kind == b"Exif")


def xmp(content: Handed) -> bytes:
    """The XMP packet; empty where there is none."""
    return _boxed(content, b"xml ") or _item(content, lambda kind, mime: kind == b"mime" and b"rdf+xml" in mime)


def dates(content: Handed) -> dict[str, str]:
    """The time of creation in the header of a film or of a sequence of pictures, by the name of its tag."""
    if content[8:12] == CR3_BRAND:
        return {}  # Canon writes the clock of the place here
    header = _at(content, b"moov", b"mvhd")
    if not header:
        return {}
    long = content[header.start] == 1
    (seconds,) = struct.unpack_from(">Q" if long else ">I", content, header.start + 4)
    if not 0 < seconds < 1 << 33:
        return {}
    return {"QuickTime.CreateDate": (EPOCH + timedelta(seconds=seconds)).strftime("%Y:%m:%d %H:%M:%SZ")}


def _boxed(content: Handed, kind: bytes) -> bytes:
    box = next((box for box in _boxes(content, 0, len(content)) if box.kind == kind), None)
    return bytes(content[box.start : min(box.end, box.start + LARGEST)]) if box else b""


def _item(content: Handed, fits) -> bytes:  # type: ignore[no-untyped-def]
    meta = _at(content, META)
    if not meta:
        return b""
    inside = {box.kind: box for box in _boxes(content, meta.start + 4, meta.end)}
    if ITEMS not in inside or LOCATIONS not in inside:
        return b""
    wanted = [number for number, kind, mime in _infos(content, inside[ITEMS]) if fits(kind, mime)]
    locations = dict(_locations(content, inside[LOCATIONS]))
    data = inside[DATA].start if DATA in inside else 0
    for number in wanted:
        if found := locations.get(number):
            base = data if found.construction == WITHIN_DATA else 0
            whole = [bytes(content[base + at : base + at + min(size, LARGEST)]) for at, size in found.extents]
            return b"".join(whole)
    return b""


def _infos(content: Handed, items: Box) -> Iterator[tuple[int, bytes, bytes]]:
    """Each item's number, its kind, and the rest of what is said of it."""
    start = items.start + (6 if content[items.start] == 0 else 8)
    for box in _boxes(content, start, items.end):
        if box.kind == b"infe" and (version := content[box.start]) >= 2:  # noqa: PLR2004 - older ones have no kind
            number, size = (">H", 2) if version == 2 else (">I", 4)  # noqa: PLR2004
            (found,) = struct.unpack_from(number, content, box.start + 4)
            at = box.start + 4 + size + 2
            yield found, bytes(content[at : at + 4]), bytes(content[at + 4 : min(box.end, at + 300)])


def _locations(content: Handed, box: Box) -> Iterator[tuple[int, Location]]:
    version, at = content[box.start], box.start + 4
    sizes = content[at] >> 4, content[at] & 15, content[at + 1] >> 4, content[at + 1] & 15 if version else 0
    offset_size, length_size, base_size, index_size = sizes
    count_size = 2 if version < 2 else 4  # noqa: PLR2004
    count, at = _number(content, at + 2, count_size)
    for _ in range(min(count, MOST_ITEMS)):
        number, at = _number(content, at, count_size)
        construction, at = _number(content, at, 2) if version else (0, at)
        base, at = _number(content, at + 2, base_size)  # behind the number of a file of data, which is this one
        parts, at = _number(content, at, 2)
        extents = []
        for _ in range(min(parts, MOST_EXTENTS)):
            offset, at = _number(content, at + index_size, offset_size)
            length, at = _number(content, at, length_size)
            extents.append((base + offset, length))
        if at > box.end:
            return
        yield number, Location(construction & 15, extents)


def _number(content: Handed, at: int, size: int) -> tuple[int, int]:
    """A number of so many bytes, and where the next one begins."""
    return int.from_bytes(content[at : at + size]), at + size


def _at(content: Handed, *kinds: bytes) -> Box | None:
    found: Box | None = Box(b"", 0, len(content))
    for kind in kinds:
        boxes = _boxes(content, found.start, found.end) if found else iter(())
        found = next((box for box in boxes if box.kind == kind), None)
    return found


def _boxes(content: Handed, start: int, end: int) -> Iterator[Box]:
    for _ in range(MOST_BOXES):
        if start + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", content, start)
        head = 16 if size == 1 else 8
        # Of a size of 1 the true one follows; one of 0 is all the rest.
        size = int.from_bytes(content[start + 8 : start + 16]) if size == 1 else size or end - start
        if size < head:
            return
        yield Box(kind, start + head, min(end, start + size))
        start += size
