"""Reads TIFF's directories, which photos of many formats contain."""

import io
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from function.files.tiff_tags import Tag

# TIFF's types as struct writes them: whole numbers, text or anything as its bytes, and fractions as two numbers.
TYPES = {1: "B", 2: "B", 3: "H", 4: "I", 6: "b", 7: "B", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 18: "Q"}
FRACTIONS = {5: "2I", 10: "2i"}
WHOLE = {1, 2, 3, 4, 7, 13, 16, 18}
MOST_VALUES = 1_000_000
# Offsets behind this one no file has, and no system call takes.
MOST_BYTES = 1 << 48
# More than any camera writes; a file may name one directory again and again.
MOST_DIRECTORIES, MOST_ENTRIES = 32, 4096
POINTERS = (Tag.SUB_IFDS, Tag.EXIF, Tag.GPS, Tag.INTEROPERABILITY)


@dataclass(frozen=True)
class ByteLayout:
    """Describe a file's byte order, and the struct codes of counts and offsets: BigTIFF has longer ones."""

    order: str
    count: str = "H"
    offset: str = "I"

    @property
    def entry(self) -> struct.Struct:
        """Return the struct of an entry: tag, type, number of values, and the values or their offset."""
        return struct.Struct(f"{self.order}HH{self.offset}{struct.calcsize(self.offset)}s")


@dataclass(frozen=True)
class IfdEntry:
    """Locate the values of a tag: their type, their number, and their offset in the file."""

    kind: int
    count: int
    offset: int

    @property
    def size(self) -> int:
        """Return the size of the values in bytes."""
        return self.count * _value_bytes(self.kind)


@dataclass(frozen=True)
class Directory:
    """Hold a directory's entries, its own offset and size in bytes; its values are read when they are asked for."""

    photo: BinaryIO
    layout: ByteLayout
    entries: Mapping[int, IfdEntry]
    offset: int = 0
    size: int = 0
    following: int = 0
    # The file ends before the directory does.
    is_cut: bool = False

    def __contains__(self, tag: int) -> bool:
        return tag in self.entries

    def numbers(self, tag: int) -> tuple[int, ...]:
        """Read the tag's values. Returns none where it is absent or the file ends before them."""
        entry = self.entries.get(tag)
        if not entry or entry.kind not in WHOLE:
            return ()
        packed = self.packed(tag)
        return struct.unpack(f"{self.layout.order}{entry.count}{TYPES[entry.kind]}", packed) if packed else ()

    def packed(self, tag: int) -> bytes:
        """Read the tag's values as the file's bytes. Returns none where it is absent or the file ends before them."""
        entry = self.entries.get(tag)
        if not entry or entry.count > MOST_VALUES:
            return b""
        found = _read(self.photo, entry.offset, entry.size)
        return found if len(found) == entry.size else b""

    def number(self, tag: int, default: int = 0) -> int:
        """Read the tag's first value."""
        return next(iter(self.numbers(tag)), default)

    def pixel_ranges(self) -> list[tuple[int, int]]:
        """Return the offset and the bytes of each strip or tile."""
        pairs = ((Tag.STRIPS, Tag.STRIP_BYTES), (Tag.TILES, Tag.TILE_BYTES))
        return [span for at, size in pairs for span in zip(self.numbers(at), self.numbers(size), strict=False)]


@dataclass(frozen=True)
class Page:
    """Number a directory of the main chain, from 0, or one within it; `within` is -1 for the page itself."""

    directory: Directory
    number: int
    within: int = -1


def pages(photo: BinaryIO) -> Iterator[Page]:
    """Yield the directories of the main chain, and right after each those that it names as sub-images."""
    layout, offset = _header(photo)
    offsets = set[int]()
    for number in range(MOST_DIRECTORIES):
        found = _directory(photo, offset, layout) if offset and offset not in offsets else None
        if not found:
            return
        yield Page(found, number)
        for index, at in enumerate(found.numbers(Tag.SUB_IFDS)[:MOST_DIRECTORIES]):
            within = _directory(photo, at, layout)
            if within:
                yield Page(within, number, index)
        offsets.add(offset)
        offset = found.following


def first(photo: BinaryIO) -> Directory:
    """Return the first directory, as far as it can be read."""
    return next(directories(photo), Directory(photo, ByteLayout("<"), {}))


def directories(photo: BinaryIO) -> Iterator[Directory]:
    """Yield the first directory and those behind it, right after each those within it, as far as they can be read."""
    layout, offset = _header(photo)
    todo, visited = [offset], set[int]()
    while todo and len(visited) < MOST_DIRECTORIES:
        offset = todo.pop(0)
        if not offset or offset in visited:
            continue
        visited.add(offset)
        found = _directory(photo, offset, layout)
        if found:
            yield found
            within = [offset for tag in POINTERS for offset in found.numbers(tag)]
            todo = [*within, found.following, *todo]


def _header(photo: BinaryIO) -> tuple[ByteLayout, int]:
    photo.seek(0)
    head = photo.read(16).ljust(16, b"\x00")
    order = "<" if head[:2] == b"II" else ">"
    (version,) = struct.unpack(f"{order}H", head[2:4])
    big = version == 43  # noqa: PLR2004 - BigTIFF's number, next to TIFF's 42
    layout = ByteLayout(order, "Q", "Q") if big else ByteLayout(order)
    (offset,) = struct.unpack_from(f"{order}{layout.offset}", head, 8 if big else 4)
    return layout, offset


def _directory(photo: BinaryIO, offset: int, layout: ByteLayout) -> Directory | None:
    head = struct.Struct(layout.order + layout.count)
    packed = _read(photo, offset, head.size)
    if len(packed) < head.size:
        return None
    count = min(head.unpack(packed)[0], MOST_ENTRIES)
    table = photo.read(count * layout.entry.size + struct.calcsize(layout.offset))
    start = offset + head.size
    entries = dict(_entries(table, count, start, layout))
    behind = table[count * layout.entry.size :]
    complete = len(behind) == struct.calcsize(layout.offset)
    following = struct.unpack(layout.order + layout.offset, behind)[0] if complete else 0
    is_cut = len(table) < count * layout.entry.size
    return Directory(photo, layout, entries, offset, head.size + len(table), following, is_cut)


def _entries(table: bytes, count: int, start: int, layout: ByteLayout) -> Iterator[tuple[int, IfdEntry]]:
    size = layout.entry.size
    for at in range(0, min(count * size, len(table) - size + 1), size):
        tag, kind, values, inline = layout.entry.unpack_from(table, at)
        if kind in TYPES or kind in FRACTIONS:
            fits = values * _value_bytes(kind) <= len(inline)
            offset = start + at + size - len(inline) if fits else struct.unpack(layout.order + layout.offset, inline)[0]
            yield tag, IfdEntry(kind, values, offset)


def _read(photo: BinaryIO, offset: int, size: int) -> bytes:
    """Read the bytes at an offset, as many as there are: a file may name offsets far behind its end."""
    if offset > MOST_BYTES:
        return b""
    photo.seek(offset)
    return photo.read(size)


def _value_bytes(kind: int) -> int:
    return struct.calcsize({**TYPES, **FRACTIONS}[kind])


def length(photo: BinaryIO) -> int:
    """Return the file's size in bytes."""
    return photo.seek(0, io.SEEK_END)
