"""Finds EXIF where ExifRead does not look for it: WebP without EXIF's preamble, and Fujifilm's RAF."""

import io
import struct
from typing import BinaryIO

PREAMBLE = b"Exif\x00\x00"
# A RAF's header says where its JPEG lies, which carries the EXIF.
RAF_JPEG_AT = 84


def exif_file(photo: BinaryIO) -> BinaryIO:
    """The file to read EXIF from: the photo itself, or what lies within it."""
    photo.seek(0)
    head = photo.read(RAF_JPEG_AT + 8)
    found = None
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        found = _webp(photo)
    elif head.startswith(b"FUJIFILMCCD-RAW") and len(head) == RAF_JPEG_AT + 8:
        place, length = struct.unpack(">II", head[RAF_JPEG_AT:])
        photo.seek(place)
        found = photo.read(length)
    photo.seek(0)
    return io.BytesIO(found) if found else photo


def _webp(photo: BinaryIO) -> bytes | None:
    photo.seek(12)
    while len(head := photo.read(8)) == 8:  # noqa: PLR2004 - a chunk's name and length
        (length,) = struct.unpack("<I", head[4:])
        if head[:4] == b"EXIF":
            return photo.read(length).removeprefix(PREAMBLE)
        # Chunks of odd length are followed by one byte of nothing.
        photo.seek(length + length % 2, io.SEEK_CUR)
    return None
