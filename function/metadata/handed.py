"""What of a file is handed to the reader of metadata: formats that hold some, and no more bytes than it needs."""

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from mmap import mmap
from typing import BinaryIO

from function import tiff

# What lies in tags is copied while they are read, and so are the pixels of some: it must fit beside the photo itself.
LARGEST = 256 << 20
HEAD = 64

# From where in the file to how it begins. What is listed nowhere never reaches the reader: no video, no PostScript.
# TIFF and BigTIFF, Panasonic's RW2 and Olympus' ORF.
TIFFS = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+", b"IIU\x00", b"IIRO", b"IIRS", b"MMOR")
RAF = b"FUJIFILMCCD-RAW"
WHOLE = (
    (0, b"\x89PNG\r\n\x1a\n"),
    (0, b"\x00MRM"),  # Minolta's MRW
    (0, b"FOVb"),  # Sigma's X3F
    (0, b"GIF8"),
    (0, b"8BPS"),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n"),
    (4, b"JXL "),
    (6, b"HEAPCCDR"),  # Canon's CRW
    (8, b"WEBP"),
)
# The brands of ISO's container that are pictures: HEIF and its kin, AVIF, JPEG XL; and Canon's CR3.
BRANDS = (
    *(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"mif2", b"miaf", b"MiHB", b"MiHE"),
    *(b"avif", b"avis", b"MA1A", b"MA1B", b"jxl "),
)
CR3 = b"crx "
# Canon's facts and XMP come before the previews and the pixels.
CR3_HEAD = 128 << 10
# Of a value in a TIFF's directory no more is shown, and no makers' notes begin with longer tables.
LONGEST_VALUE = 64 << 10
# Strips and tiles, the tables of where they lie, and previews: pixels, and nothing about them.
PIXELS = {273, 279, 324, 325, 513, 514}
# In a RAF's header, the place and the bytes of a JPEG with all that is written about the photo.
RAF_JPEG_AT = 84

JPEG = b"\xff\xd8\xff"
# Of a JPEG that is not a chain of segments this much is searched.
NEAR = 1 << 20
# Markers that begin the picture itself, or end it: what follows holds no metadata.
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}

Handed = bytes | mmap


def handed(photo: BinaryIO) -> Handed | None:
    """The bytes to read metadata from; None where the format holds none, or where they are too many.

    Where the photo is large, what is not needed of it reads as zeros.
    """
    photo.seek(0)
    head = photo.read(HEAD)
    take = next((take for fits, take in FAMILIES if fits(head)), None)
    if not take or (take is not _before_the_scan and photo.seek(0, io.SEEK_END) > LARGEST):
        return None
    return take(photo)


def _whole(photo: BinaryIO) -> Handed:
    photo.seek(0)
    return photo.read()


def _before_the_scan(photo: BinaryIO, start: int = 0) -> Handed:
    """A JPEG's segments up to where its picture begins: some kilobytes of as many megabytes."""
    end = start + len(JPEG) - 1
    photo.seek(end)
    head = b""
    while len(head := photo.read(4)) == 4 and head[0] == 0xFF:  # noqa: PLR2004 - a marker and its length
        marker = head[1]
        if marker in (START_OF_SCAN, END_OF_IMAGE):
            break
        # Before a marker there may be any number of 0xFF.
        end += 1 if marker == 0xFF else 2 if marker in WITHOUT_LENGTH else 2 + int.from_bytes(head[2:])  # noqa: PLR2004
        photo.seek(end)
    if len(head) < 4 or head[0] != 0xFF:  # noqa: PLR2004
        # A segment's stated length is wrong: what else there is lies somewhere near the beginning.
        end = start + min(max(end - start, NEAR), photo.seek(0, io.SEEK_END) - start)
    photo.seek(start)
    return photo.read(min(end - start, LARGEST)) + bytes((0xFF, END_OF_IMAGE))


def _within_raf(photo: BinaryIO) -> Handed:
    photo.seek(RAF_JPEG_AT)
    return _before_the_scan(photo, int.from_bytes(photo.read(4)))


def _directories(photo: BinaryIO) -> Handed:
    return _with_holes(photo, _spans(photo))


def _canons_boxes(photo: BinaryIO) -> Handed:
    return _with_holes(photo, iter([(0, CR3_HEAD)]))


def _spans(photo: BinaryIO) -> Iterator[tuple[int, int]]:
    yield 0, HEAD
    # BigTIFF can name places that no file reaches, nor can be gone to: what came before them counts.
    with suppress(OverflowError):
        for directory in tiff.directories(photo):
            yield directory.place, directory.size
            for tag, entry in directory.entries.items():
                if tag not in PIXELS:
                    yield entry.place, min(entry.size, LONGEST_VALUE)


def _with_holes(photo: BinaryIO, spans: Iterator[tuple[int, int]]) -> Handed:
    """As long as the photo, with the bytes of the spans; the rest takes no memory, and is not read."""
    length = photo.seek(0, io.SEEK_END)
    made = mmap(-1, length)
    for at, size in spans:
        if at < length:
            photo.seek(at)
            content = photo.read(min(size, length - at))
            made[at : at + len(content)] = content
    return made


def _begins(at: int, *beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(beginnings, at)


FAMILIES: tuple[tuple[Callable[[bytes], bool], Callable[[BinaryIO], Handed]], ...] = (
    (_begins(0, JPEG), _before_the_scan),
    (_begins(0, *TIFFS), _directories),
    (_begins(0, RAF), _within_raf),
    (_begins(4, b"ftyp" + CR3), _canons_boxes),
    (_begins(4, *(b"ftyp" + brand for brand in BRANDS)), _whole),
    *((_begins(at, beginning), _whole) for at, beginning in WHOLE),
)
