"""Reads the header of Fujifilm's RAF, which locates the preview, a table of facts and the sensor's pixels."""

import struct
from typing import BinaryIO

from function.imaging.formats.raw.embedded import ByteRange, Embedded

# The header's six numbers: place and bytes of the preview, of the table, and of the sensor's pixels.
NUMBERS_AT = 84
FULL_SIZE, CROPPED_SIZE = 0x100, 0x111
MOST_FACTS = 255


def read(photo: BinaryIO) -> Embedded | None:
    """Read the header and the table. Returns None where the file ends before them."""
    photo.seek(NUMBERS_AT)
    packed = photo.read(24)
    if len(packed) < 24:  # noqa: PLR2004 - six numbers of four bytes
        return None
    preview_at, preview_bytes, table_at, table_bytes, sensor_at, sensor_bytes = struct.unpack(">6I", packed)
    facts = _facts(photo, table_at, table_bytes)
    size = facts.get(CROPPED_SIZE) or facts.get(FULL_SIZE) or b""
    height, width = struct.unpack(">HH", size) if len(size) == 4 else (0, 0)  # noqa: PLR2004 - two numbers of two bytes
    # Its orientation and its colours stand in the preview's own EXIF.
    return Embedded((ByteRange(preview_at, preview_bytes),), width, height, 0, end=sensor_at + sensor_bytes)


def _facts(photo: BinaryIO, at: int, size: int) -> dict[int, bytes]:
    photo.seek(at)
    table = photo.read(min(size, 1 << 16))
    facts: dict[int, bytes] = {}
    count = min(int.from_bytes(table[:4]), MOST_FACTS)
    at = 4
    for _ in range(count):
        if at + 4 > len(table):
            break
        tag, length = struct.unpack_from(">HH", table, at)
        facts[tag] = table[at + 4 : at + 4 + length]
        at += 4 + length
    return facts
