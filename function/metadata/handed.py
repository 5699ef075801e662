"""What of a file is handed to the reader of metadata: formats that hold some, and no more bytes than it needs."""

import io
from typing import BinaryIO

# What lies in tags is copied while they are read, and so are the pixels of some: it must fit beside the photo itself.
LARGEST = 256 << 20
HEAD = 32

# From where in the file to how it begins. What is not listed never reaches the reader: no video, no PostScript.
BEGINNINGS = (
    (0, b"\x89PNG\r\n\x1a\n"),
    (0, b"II*\x00"),
    (0, b"MM\x00*"),
    (0, b"IIU\x00"),  # Panasonic's RW2
    (0, b"IIRO"),  # Olympus' ORF, and its other beginnings
    (0, b"IIRS"),
    (0, b"MMOR"),
    (0, b"FUJIFILMCCD-RAW"),
    (0, b"\x00MRM"),  # Minolta's MRW
    (0, b"FOVb"),  # Sigma's X3F
    (0, b"GIF8"),
    (0, b"8BPS"),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n"),
    (6, b"HEAPCCDR"),  # Canon's CRW
    (8, b"WEBP"),
)
# The brands of ISO's container that are pictures: HEIF and its kin, AVIF, JPEG XL, Canon's CR3.
BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"mif2", b"avif", b"avis", b"jxl ", b"crx ")

JPEG = b"\xff\xd8\xff"
# Markers that begin the picture itself, or end it: what follows holds no metadata.
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}


def handed(photo: BinaryIO) -> bytes | None:
    """The bytes to read metadata from; None where the format holds none, or where they are too many."""
    photo.seek(0)
    head = photo.read(HEAD)
    if head.startswith(JPEG):
        return _before_the_scan(photo)
    size = photo.seek(0, io.SEEK_END)
    if not _is_listed(head) or size > LARGEST:
        return None
    photo.seek(0)
    return photo.read()


def _is_listed(head: bytes) -> bool:
    if head[4:8] == b"ftyp":
        return head[8:12] in BRANDS
    if head[4:8] == b"JXL ":
        return True
    return any(head.startswith(beginning, place) for place, beginning in BEGINNINGS)


def _before_the_scan(photo: BinaryIO) -> bytes:
    """A JPEG's segments up to where its picture begins: some kilobytes of as many megabytes."""
    end = len(JPEG) - 1
    photo.seek(end)
    while len(head := photo.read(4)) == 4 and head[0] == 0xFF:  # noqa: PLR2004 - a marker and its length
        marker = head[1]
        if marker in (START_OF_SCAN, END_OF_IMAGE):
            break
        # Before a marker there may be any number of 0xFF.
        end += 1 if marker == 0xFF else 2 if marker in WITHOUT_LENGTH else 2 + int.from_bytes(head[2:])  # noqa: PLR2004
        photo.seek(end)
    photo.seek(0)
    return photo.read(min(end, LARGEST)) + bytes((0xFF, END_OF_IMAGE))
