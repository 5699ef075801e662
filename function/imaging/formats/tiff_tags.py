"""Reads the first directory of a TIFF file: its tags that hold whole numbers or text."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

# TIFF's types of whole numbers, and text as its bytes, as struct writes them. Others are skipped.
TYPES = {1: "B", 2: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
MOST_VALUES = 1_000_000

Tags = dict[int, tuple[int, ...]]


@dataclass(frozen=True)
class _Layout:
    """How classic TIFF and BigTIFF differ: the struct codes of counts and places."""

    order: str
    count: str
    place: str

    @property
    def entry(self) -> struct.Struct:
        return struct.Struct(f"{self.order}HH{self.place}{struct.calcsize(self.place)}s")


def read(photo: BinaryIO) -> Tags:
    """The tags of the first directory, as far as they can be read."""
    photo.seek(0)
    head = photo.read(16)
    order = "<" if head[:2] == b"II" else ">"
    tags: Tags = {}
    try:
        (version,) = struct.unpack(f"{order}H", head[2:4])
        big = version == 43  # noqa: PLR2004 - BigTIFF's number, next to TIFF's 42
        layout = _Layout(order, "Q", "Q") if big else _Layout(order, "H", "I")
        (place,) = struct.unpack_from(f"{order}{layout.place}", head, 8 if big else 4)
        tags.update(_entries(photo, place, layout))
    except struct.error:
        pass  # it ends within its directory: what was read is all that there is
    return tags


def _entries(photo: BinaryIO, place: int, layout: _Layout) -> Iterator[tuple[int, tuple[int, ...]]]:
    photo.seek(place)
    (count,) = struct.unpack(layout.order + layout.count, photo.read(struct.calcsize(layout.count)))
    for number in range(min(count, MOST_VALUES)):
        photo.seek(place + struct.calcsize(layout.count) + number * layout.entry.size)
        tag, kind, values, inline = layout.entry.unpack(photo.read(layout.entry.size))
        if kind in TYPES and values <= MOST_VALUES:
            yield tag, _values(photo, layout, f"{layout.order}{values}{TYPES[kind]}", inline)


def _values(photo: BinaryIO, layout: _Layout, code: str, inline: bytes) -> tuple[int, ...]:
    size = struct.calcsize(code)
    if size <= len(inline):
        return struct.unpack(code, inline[:size])
    photo.seek(*struct.unpack(layout.order + layout.place, inline))
    return struct.unpack(code, photo.read(size))


def end(tags: Tags) -> int:
    """The place behind the last byte of pixels that the directory names."""
    pixels = ((273, 279), (324, 325))  # strips and tiles: where each lies, and how many bytes it has
    found = (zip(tags.get(places, ()), tags.get(lengths, ()), strict=False) for places, lengths in pixels)
    return max((at + length for pairs in found for at, length in pairs), default=0)


def length(photo: BinaryIO) -> int:
    """The file's size in bytes."""
    return photo.seek(0, io.SEEK_END)
