"""Reads the boxes of Canon's CR3: the preview is the first track's sample, the sensor's pixels are in the others."""

import io
import struct
from typing import BinaryIO

from function.files import isobmff, tiff
from function.files.isobmff import Box
from function.files.tiff_tags import Tag
from function.imaging.formats.raw.embedded import ByteRange, Embedded

# The box of Canon's own facts, which begins with this id; in it TIFF files: the first directory, and EXIF's.
FACTS = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
FIRST_DIRECTORY, EXIF_DIRECTORY = b"CMT1", b"CMT2"
SAMPLES = (b"mdia", b"minf", b"stbl")
# In the description of a track's samples: width and height in pixels.
SIZE_AT = 40


def read(photo: BinaryIO) -> Embedded | None:
    """Read the previews and the sensor's facts from the boxes. Returns None where they are not all there."""
    movie = isobmff.whole(photo).at(b"moov")
    tracks = [table for track in movie.within(b"trak") if (table := track.at(*SAMPLES))] if movie else []
    spans = [span for table in tracks if (span := _sample(table))]
    if not movie or not spans:
        return None
    facts = next((box for box in movie.within(b"uuid") if box.content().startswith(FACTS)), None)
    width, height = _size(tracks[0])
    return Embedded(
        previews=(spans[0],),
        width=width,
        height=height,
        orientation=_number(facts, FIRST_DIRECTORY, Tag.ORIENTATION, 1),
        adobe_rgb=_number(facts, EXIF_DIRECTORY, Tag.COLOUR_SPACE, 1) != 1,
        end=max(span.end for span in spans),
    )


def _sample(table: Box) -> ByteRange | None:
    sizes, places = table.at(b"stsz"), table.at(b"co64")
    if not sizes or not places:
        return None
    one_size, _, first_size = struct.unpack(">4xIII", sizes.content()[:16].ljust(16, b"\x00"))
    (place,) = struct.unpack(">8xQ", places.content()[:16].ljust(16, b"\x00"))
    return ByteRange(place, one_size or first_size)


def _size(table: Box) -> tuple[int, int]:
    described = table.at(b"stsd")
    content = described.content() if described else b""
    width, height = struct.unpack(">HH", content[SIZE_AT : SIZE_AT + 4].ljust(4, b"\x00"))
    return width, height


def _number(facts: Box | None, kind: bytes, tag: int, default: int) -> int:
    found = facts.within(kind, skip=len(FACTS)) if facts else []
    return tiff.first(io.BytesIO(found[0].content())).number(tag, default) if found else default
