"""Checks by the offsets in a HEIF or AVIF file that all pixels are there (ISO/IEC 14496-12, 8.11.3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from function.files.isobmff import Box
from function.imaging import gaps

VERSION_BYTES = 4
# An item lies in the file itself, and not within its box of facts or another item.
IN_FILE = 0
MOST_ITEMS = 10_000
HEVC, AV1 = "hvc1", "av01"
# The place of a NAL unit's length's size in HEVC's configuration.
LENGTH_SIZE_AT = 21
# Within a NAL unit of HEVC these bytes never follow each other (ITU-T H.265, 7.4.2).
FORBIDDEN = b"\x00\x00\x00"
CUT = "The photo is not whole: its file ends before its pixels do. The rest is shown. Upload the file again."


@dataclass(frozen=True)
class Extent:
    """Locate a part of an item's bytes; a `size` of 0 is all up to the file's end."""

    item: int
    at: int
    size: int


def damage(content: bytes, meta: Box, kinds: dict[int, str]) -> str | None:
    """Find missing or wrong bytes of the items, whose kinds are given by their numbers. Returns the reason, or None."""
    located = next(iter(meta.within(b"iloc", skip=VERSION_BYTES)), None)
    found = list(_extents(located.content())) if located else []
    if any(extent.at + extent.size > len(content) for extent in found if extent.item in kinds):
        return CUT
    length_size = _length_size(meta)
    for extent in found:
        end = extent.at + extent.size if extent.size else len(content)
        kind = kinds.get(extent.item)
        if kind == HEVC and not _is_whole_hevc(content, extent.at, end, length_size):
            return gaps.DAMAGED
        if kind == AV1 and gaps.has_gap(content, gaps.ARITHMETIC, extent.at, end):
            return gaps.DAMAGED
    return None


def _length_size(meta: Box) -> int:
    described = next(iter(meta.within(b"iprp", skip=VERSION_BYTES)), None)
    configured = described.at(b"ipco", b"hvcC") if described else None
    packed = configured.content() if configured else b""
    return (packed[LENGTH_SIZE_AT] & 3) + 1 if len(packed) > LENGTH_SIZE_AT else 4


def _is_whole_hevc(content: bytes, at: int, end: int, length_size: int) -> bool:
    while at < end:
        length = int.from_bytes(content[at : at + length_size])
        at += length_size
        if not length or at + length > end or content.find(FORBIDDEN, at, at + length) >= 0:
            return False
        if gaps.has_gap(content, gaps.ARITHMETIC, at, at + length):
            return False
        at += length
    return True


def _extents(packed: bytes) -> Iterator[Extent]:
    """Yield the extents of the items that lie in the file; where the box is cut, of whole items alone."""
    numbers = _Numbers(packed)
    version = numbers.take(1)
    numbers.take(3)
    sizes, bases = numbers.take(1), numbers.take(1)
    at_size, length_size, base_size = sizes >> 4, sizes & 15, bases >> 4
    index_size = bases & 15 if version else 0
    wide = 4 if version > 1 else 2
    for _ in range(min(numbers.take(wide), MOST_ITEMS)):
        item = numbers.take(wide)
        method = numbers.take(2) & 15 if version else IN_FILE
        numbers.take(2)
        base = numbers.take(base_size)
        for _ in range(min(numbers.take(2), MOST_ITEMS)):
            if numbers.is_empty:
                return
            numbers.take(index_size)
            at, size = base + numbers.take(at_size), numbers.take(length_size)
            if method == IN_FILE:
                yield Extent(item, at, size)


class _Numbers:
    """Take whole numbers of given sizes in bytes, one after the other; zeros behind the end."""

    def __init__(self, packed: bytes) -> None:
        self._packed, self._at = packed, 0

    @property
    def is_empty(self) -> bool:
        return self._at >= len(self._packed)

    def take(self, size: int) -> int:
        found = int.from_bytes(self._packed[self._at : self._at + size])
        self._at += size
        return found
