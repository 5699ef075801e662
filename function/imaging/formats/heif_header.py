"""Reads a HEIF or AVIF file's boxes before its decoder does: the sizes of its images, and how the main one is shown."""

import io
import struct
from dataclasses import dataclass

from function.files import isobmff
from function.files.isobmff import Box
from function.imaging import bounds, codings
from function.imaging.bounds import MOST_PIXELS
from function.imaging.codings import Coding
from function.imaging.formats import heif_items

# The box of items begins with its version, and so does the one of a size.
VERSION_BYTES = 4
TURNS = (b"irot", b"imir")
GRID = "grid"
# Of an association, the highest bit of one or two bytes says that the property is essential.
WIDE_INDEX = 1


@dataclass(frozen=True)
class Header:
    """Describe the main image: `is_turned` where the container turns or mirrors it, and the `coding` of its colours.

    `codec` is the kind of the main image's item, such as hvc1, av01 or grid; empty where there is none. `damage` says
    what of the pixels is missing or wrong.
    """

    is_turned: bool = False
    coding: Coding | None = None
    codec: str = ""
    damage: str | None = None


def check(content: bytes, most_pixels: int = MOST_PIXELS) -> None:
    """Check the sizes of the file's images. Raises TooLargeError where one is larger than any photo."""
    for meta in isobmff.whole(io.BytesIO(content)).within(b"meta"):
        for properties in meta.within(b"iprp", skip=VERSION_BYTES):
            for size in (size for kept in properties.within(b"ipco") for size in kept.within(b"ispe")):
                sides = size.content()[VERSION_BYTES : VERSION_BYTES + 8].ljust(8, b"\x00")
                width, height = struct.unpack(">II", sides)
                bounds.check(width, height, most_pixels)


def read(content: bytes) -> Header:
    """Read the header of the main image, as far as its boxes can be read."""
    meta = isobmff.whole(io.BytesIO(content)).at(b"meta")
    if not meta:
        return Header()
    main = _number_after_version(_first(meta, b"pitm"))
    items = dict(_items(meta))
    codec = items.get(main, "")
    properties = _properties(meta, main)
    colours = [box for box in properties if box.kind == b"colr"]
    if codec == GRID and not colours:
        # Some writers tell the colours of the tiles alone.
        colours = [box for box in _known_properties(meta) if box.kind == b"colr"]
    codings_found = [found for box in colours if (found := _coding(box))]
    is_turned = any(box.kind in TURNS for box in properties)
    return Header(is_turned, next(iter(codings_found), None), codec, heif_items.damage(content, meta, items))


def _first(box: Box, kind: bytes) -> Box | None:
    return next(iter(box.within(kind, skip=VERSION_BYTES)), None)


def _number_after_version(box: Box | None) -> int:
    content = box.content() if box else b""
    width = 4 if content[:1] > b"\x00" else 2
    return int.from_bytes(content[VERSION_BYTES : VERSION_BYTES + width])


def _items(meta: Box) -> list[tuple[int, str]]:
    """Return the number and the kind of each item."""
    described = _first(meta, b"iinf")
    if not described:
        return []
    count_bytes = 4 if described.content()[:1] > b"\x00" else 2
    found = []
    for entry in described.within(b"infe", skip=VERSION_BYTES + count_bytes):
        content = entry.content()
        wide = 4 if content[:1] == b"\x03" else 2
        number, rest = content[4 : 4 + wide], content[4 + wide + 2 :]
        found.append((int.from_bytes(number), rest[:4].decode("latin-1")))
    return found


def _properties(meta: Box, item: int) -> list[Box]:
    """Return the properties that are associated with an item."""
    described = _first(meta, b"iprp")
    all_of_them = _known_properties(meta)
    boxes_found = described.within(b"ipma") if described else []
    numbers = [number for box in boxes_found for number in _associated(box.content(), item)]
    return [all_of_them[number - 1] for number in numbers if 0 < number <= len(all_of_them)]


def _known_properties(meta: Box) -> list[Box]:
    """Return all properties in their order."""
    described = _first(meta, b"iprp")
    kept = described.at(b"ipco") if described else None
    return kept.all() if kept else []


def _associated(content: bytes, item: int) -> list[int]:
    """Return the numbers, from 1, of an item's properties in a box of associations (ISO/IEC 23008-12, 9.3.2)."""
    head = content[:8].ljust(8, b"\x00")
    wide_item, wide_index = head[0] > 0, head[3] & WIDE_INDEX
    at, found = 8, []
    for _ in range(min(int.from_bytes(head[4:8]), len(content))):
        number = int.from_bytes(content[at : at + (4 if wide_item else 2)])
        at += 4 if wide_item else 2
        count = int.from_bytes(content[at : at + 1])
        step, mask = (2, 0x7FFF) if wide_index else (1, 0x7F)
        places = [content[at + 1 + step * index : at + 1 + step * (index + 1)] for index in range(count)]
        if number == item:
            found += [int.from_bytes(place) & mask for place in places]
        at += 1 + step * count
    return found


def _coding(box: Box) -> Coding | None:
    content = box.content()
    if content[:4] != b"nclx" or len(content) < 8:  # noqa: PLR2004 - two numbers of two bytes behind the kind
        return None
    return codings.from_cicp(*struct.unpack(">HH", content[4:8]))
