"""Writes TIFF's directories of tags, for DNG and EXIF."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

BYTE, ASCII, SHORT, LONG, RATIONAL, SRATIONAL = 1, 2, 3, 4, 5, 10
CODES = {BYTE: "B", SHORT: "H", LONG: "I"}
HEADER = struct.pack("<2sHI", b"II", 42, 8)


@dataclass(frozen=True)
class Tag:
    """A tag's type and value: numbers, fractions or text."""

    type: int
    values: Sequence[int] | Sequence[Fraction] | bytes

    def encoded(self) -> tuple[int, bytes]:
        """Return the number of values, and their bytes, little-endian."""
        if isinstance(self.values, bytes):
            return len(self.values), self.values
        if self.type in (RATIONAL, SRATIONAL):
            code = "<iI" if self.type == SRATIONAL else "<II"
            limited = [Fraction(value).limit_denominator(10_000) for value in self.values]
            return len(limited), b"".join(struct.pack(code, value.numerator, value.denominator) for value in limited)
        whole = [int(value) for value in self.values]
        return len(whole), struct.pack(f"<{len(whole)}{CODES[self.type]}", *whole)


def text(value: str) -> Tag:
    """Make a tag of text."""
    return Tag(ASCII, value.encode() + b"\x00")


def short(*values: int) -> Tag:
    """Make a tag of numbers up to 65,535."""
    return Tag(SHORT, values)


def long(*values: int) -> Tag:
    """Make a tag of larger numbers, or of file offsets."""
    return Tag(LONG, values)


def directory(tags: Mapping[int, Tag], at: int) -> bytes:
    """Encode a directory for this file offset, followed by the values that do not fit into its entries."""
    entries, behind = b"", b""
    after = at + 2 + 12 * len(tags) + 4
    for number, tag in sorted(tags.items()):
        count, content = tag.encoded()
        if len(content) > 4:  # noqa: PLR2004 - an entry holds four bytes
            place = struct.pack("<I", after + len(behind))
            behind += content + b"\x00" * (len(content) % 2)
        else:
            place = content.ljust(4, b"\x00")
        entries += struct.pack("<HHI", number, tag.type, count) + place
    return struct.pack("<H", len(tags)) + entries + b"\x00" * 4 + behind
