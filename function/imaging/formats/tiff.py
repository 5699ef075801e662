"""TIFF, and the many RAW formats that are TIFF files inside: the tags tell which."""

import struct
from typing import BinaryIO

from function.imaging.decoded import Decoded
from function.imaging.formats import plain

MAKE, SUB_IFDS, DNG_VERSION, PHOTOMETRIC, CFA = 271, 330, 50706, 262, 32803
HEADER, ENTRY = 8, 12


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """The photo; of a TIFF with several pages the first."""
    head = photo.read(HEADER)
    tags = _tags(photo, head)
    photo.seek(0)
    if _may_be_raw(tags):
        return _raw_or_plain(photo, longest)
    return plain.decoder("tiff")(photo, longest)


def _raw_or_plain(photo: BinaryIO, longest: int) -> Decoded:
    from function.imaging.formats import raw  # LibRaw, for the files that may need it

    try:
        return raw.decode(photo, longest)
    except raw.NotRawError:
        photo.seek(0)
        return plain.decoder("tiff")(photo, longest)


def _may_be_raw(tags: dict[int, int]) -> bool:
    return DNG_VERSION in tags or MAKE in tags or SUB_IFDS in tags or tags.get(PHOTOMETRIC) == CFA


def _tags(photo: BinaryIO, head: bytes) -> dict[int, int]:
    """The tags of the first directory, with the values of those that have one short number; none where it is broken."""
    order = "<" if head[:2] == b"II" else ">"
    try:
        (offset,) = struct.unpack(f"{order}I", head[4:HEADER])
        photo.seek(offset)
        (count,) = struct.unpack(f"{order}H", photo.read(2))
        entries = photo.read(count * ENTRY)
        return {tag: value for tag, _type, _count, value in struct.iter_unpack(f"{order}HHIHxx", entries)}
    except struct.error:
        return {}
