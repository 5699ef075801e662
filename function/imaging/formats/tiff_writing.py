"""Writes a TIFF of one page in memory, so that libtiff or LibRaw decodes pixels that another format packs otherwise."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from function.files.tiff import FRACTIONS, TYPES, ByteLayout, Directory
from function.files.tiff_tags import Tag

SHORT, LONG, LONG8, UNDEFINED = 3, 4, 16, 7


@dataclass(frozen=True)
class Values:
    """Hold a tag's values: their type, their number, and their bytes in the file's order."""

    kind: int
    count: int
    packed: bytes


def numbers(order: str, kind: int, *values: int) -> Values:
    """Pack whole numbers as a tag's values."""
    return Values(kind, len(values), struct.pack(f"{order}{len(values)}{TYPES[kind]}", *values))


def content(kind: int, packed: bytes) -> Values:
    """Pack bytes or text as a tag's values."""
    return Values(kind, len(packed), packed)


def copied(tags: Directory, without: frozenset[int] = frozenset()) -> dict[int, Values]:
    """Copy all tags of a directory whose values can be read, except those in `without`."""
    return {
        tag: Values(entry.kind, entry.count, packed)
        for tag, entry in tags.entries.items()
        if tag not in without and (entry.kind in TYPES or entry.kind in FRACTIONS) and (packed := tags.packed(tag))
    }


def written(
    tags: Mapping[int, Values], chunks: Sequence[bytes | memoryview], layout: ByteLayout, *, tiled: bool
) -> bytes:
    """Write the file: a header, the chunks of pixels, the values that are too long for an entry, and the directory."""
    big = layout.offset == "Q"
    header = b"II" if layout.order == "<" else b"MM"
    parts: list[bytes | memoryview] = [bytes(16)]
    places, at = [], 16
    for chunk in chunks:
        places.append(at)
        parts.append(chunk)
        at += len(chunk)
    kind = LONG8 if big else LONG
    place_tag, size_tag = (Tag.TILES, Tag.TILE_BYTES) if tiled else (Tag.STRIPS, Tag.STRIP_BYTES)
    all_tags = dict(tags)
    all_tags[place_tag] = numbers(layout.order, kind, *places)
    all_tags[size_tag] = numbers(layout.order, kind, *map(len, chunks))
    parts.append(bytes(at % 2))
    entries, longer, at = _entries(all_tags, layout, at + at % 2)
    parts += longer
    count = struct.pack(f"{layout.order}{layout.count}", len(all_tags))
    end = struct.pack(f"{layout.order}{layout.offset}", 0)
    parts += [count, *entries, end]
    parts[0] = header + struct.pack(*_start(layout, at)).ljust(14, b"\x00")
    return b"".join(parts)


def _start(layout: ByteLayout, directory: int) -> tuple[str, int, int] | tuple[str, int, int, int, int]:
    if layout.offset == "Q":
        return f"{layout.order}HHHQ", 43, 8, 0, directory
    return f"{layout.order}HI", 42, directory


def _entries(tags: Mapping[int, Values], layout: ByteLayout, at: int) -> tuple[list[bytes], list[bytes], int]:
    """Pack the directory's entries. Returns them, the values that stand before it, and its offset."""
    entries, longer = [], []
    inline = struct.calcsize(layout.offset)
    for tag in sorted(tags):
        values = tags[tag]
        packed = values.packed
        if len(packed) > inline:
            longer.append(packed + bytes(len(packed) % 2))
            packed = struct.pack(f"{layout.order}{layout.offset}", at)
            at += len(longer[-1])
        entries.append(layout.entry.pack(tag, values.kind, values.count, packed.ljust(inline, b"\x00")))
    return entries, longer, at
