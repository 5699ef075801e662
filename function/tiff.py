"""Reads TIFF's directories, which photos of many formats have within them: the first one, and those behind it."""

import io
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

# TIFF's types as struct writes them: whole numbers, text or anything as its bytes, and fractions as two numbers.
TYPES = {1: "B", 2: "B", 3: "H", 4: "I", 6: "b", 7: "B", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 18: "Q"}
FRACTIONS = {5: "2I", 10: "2i"}
WHOLE = {1, 2, 3, 4, 7, 13, 16, 18}
MOST_VALUES = 1_000_000
# Places behind this one no file has, and no system call takes.
MOST_BYTES = 1 << 48
# More than any camera writes; a file may name one directory again and again.
MOST_DIRECTORIES, MOST_ENTRIES = 32, 4096
SUB_IFDS, EXIF, GPS, INTEROPERABILITY = 330, 34665, 34853, 40965
STRIPS, STRIP_BYTES, TILES, TILE_BYTES = 273, 279, 324, 325


@dataclass(frozen=True)
class Layout:
    """How classic TIFF and BigTIFF differ: the struct codes of counts and places, behind that of the byte order."""

    order: str
    count: str = "H"
    place: str = "I"

    @property
    def entry(self) -> struct.Struct:
        """An entry of a directory: tag, type, how many values, and the values or their place."""
        return struct.Struct(f"{self.order}HH{self.place}{struct.calcsize(self.place)}s")


@dataclass(frozen=True)
class Entry:
    """Where the values of a tag lie: so many of a type, from a place of the file on."""

    kind: int
    count: int
    place: int

    @property
    def size(self) -> int:
        """The values' bytes."""
        return self.count * _value_bytes(self.kind)


@dataclass(frozen=True)
class Directory:
    """One directory, its place in the file and its bytes; its values are read when they are asked for."""

    photo: BinaryIO
    layout: Layout
    entries: Mapping[int, Entry]
    place: int = 0
    size: int = 0
    following: int = 0

    def __contains__(self, tag: int) -> bool:
        return tag in self.entries

    def numbers(self, tag: int) -> tuple[int, ...]:
        """The tag's values; none where it is absent or the file ends before them."""
        entry = self.entries.get(tag)
        if not entry or entry.kind not in WHOLE:
            return ()
        packed = self.packed(tag)
        return struct.unpack(f"{self.layout.order}{entry.count}{TYPES[entry.kind]}", packed) if packed else ()

    def packed(self, tag: int) -> bytes:
        """The tag's values as the file's bytes; none where it is absent or the file ends before them."""
        entry = self.entries.get(tag)
        if not entry or entry.count > MOST_VALUES:
            return b""
        found = _read(self.photo, entry.place, entry.size)
        return found if len(found) == entry.size else b""

    def number(self, tag: int, default: int = 0) -> int:
        """The tag's first value."""
        return next(iter(self.numbers(tag)), default)

    def pixel_ranges(self) -> list[tuple[int, int]]:
        """Of each strip or tile its place and its bytes."""
        pairs = ((STRIPS, STRIP_BYTES), (TILES, TILE_BYTES))
        return [span for at, size in pairs for span in zip(self.numbers(at), self.numbers(size), strict=False)]


@dataclass(frozen=True)
class Page:
    """A directory of the main chain, by its number from 0, or one within it; `within` is -1 for the page itself."""

    directory: Directory
    number: int
    within: int = -1


def pages(photo: BinaryIO) -> Iterator[Page]:
    """The directories of the main chain, and right after each the ones that it names as sub-images."""
    layout, place = _header(photo)
    places = set[int]()
    for number in range(MOST_DIRECTORIES):
        found = _directory(photo, place, layout) if place and place not in places else None
        if not found:
            return
        yield Page(found, number)
        for index, at in enumerate(found.numbers(SUB_IFDS)[:MOST_DIRECTORIES]):
            within = _directory(photo, at, layout)
            if within:
                yield Page(within, number, index)
        places.add(place)
        place = found.following


def first(photo: BinaryIO) -> Directory:
    """The first directory, as far as it can be read."""
    return next(directories(photo), Directory(photo, Layout("<"), {}))


def directories(photo: BinaryIO) -> Iterator[Directory]:
    """The first directory, the ones behind it, and right after each the ones within it; as far as they can be read."""
    layout, place = _header(photo)
    todo, seen = [place], set[int]()
    while todo and len(seen) < MOST_DIRECTORIES:
        place = todo.pop(0)
        if not place or place in seen:
            continue
        seen.add(place)
        found = _directory(photo, place, layout)
        if found:
            yield found
            within = [place for tag in (SUB_IFDS, EXIF, GPS, INTEROPERABILITY) for place in found.numbers(tag)]
            todo = [*within, found.following, *todo]


def _header(photo: BinaryIO) -> tuple[Layout, int]:
    photo.seek(0)
    head = photo.read(16).ljust(16, b"\x00")
    order = "<" if head[:2] == b"II" else ">"
    (version,) = struct.unpack(f"{order}H", head[2:4])
    big = version == 43  # noqa: PLR2004 - BigTIFF's number, next to TIFF's 42
    layout = Layout(order, "Q", "Q") if big else Layout(order)
    (place,) = struct.unpack_from(f"{order}{layout.place}", head, 8 if big else 4)
    return layout, place


def _directory(photo: BinaryIO, place: int, layout: Layout) -> Directory | None:
    head = struct.Struct(layout.order + layout.count)
    packed = _read(photo, place, head.size)
    if len(packed) < head.size:
        return None
    count = min(head.unpack(packed)[0], MOST_ENTRIES)
    table = photo.read(count * layout.entry.size + struct.calcsize(layout.place))
    start = place + head.size
    entries = dict(_entries(table, count, start, layout))
    behind = table[count * layout.entry.size :]
    complete = len(behind) == struct.calcsize(layout.place)
    following = struct.unpack(layout.order + layout.place, behind)[0] if complete else 0
    return Directory(photo, layout, entries, place, head.size + len(table), following)


def _entries(table: bytes, count: int, start: int, layout: Layout) -> Iterator[tuple[int, Entry]]:
    size = layout.entry.size
    for at in range(0, min(count * size, len(table) - size + 1), size):
        tag, kind, values, inline = layout.entry.unpack_from(table, at)
        if kind in TYPES or kind in FRACTIONS:
            fits = values * _value_bytes(kind) <= len(inline)
            place = start + at + size - len(inline) if fits else struct.unpack(layout.order + layout.place, inline)[0]
            yield tag, Entry(kind, values, place)


def _read(photo: BinaryIO, place: int, size: int) -> bytes:
    """As many bytes as there are at a place, which a file may name far behind its end."""
    if place > MOST_BYTES:
        return b""
    photo.seek(place)
    return photo.read(size)


def _value_bytes(kind: int) -> int:
    return struct.calcsize({**TYPES, **FRACTIONS}[kind])


def length(photo: BinaryIO) -> int:
    """The file's size in bytes."""
    return photo.seek(0, io.SEEK_END)
