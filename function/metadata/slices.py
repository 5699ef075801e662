"""Cuts out of a file the bytes that may hold metadata, so that no more of a large photo is read."""

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from mmap import mmap
from typing import BinaryIO

from function.files import tiff
from function.files.identify import identify
from function.files.signatures import Structure
from function.files.tiff_tags import Tag

# What lies in tags is copied while they are read, and so are the pixels of some: it must fit beside the photo itself.
LARGEST = 256 << 20
HEAD = 64

# Canon's facts and XMP come before the previews and the pixels.
CR3_HEAD = 128 << 10
# Of a value in a TIFF's directory no more is shown, and no makers' notes begin with longer tables.
LONGEST_VALUE = 64 << 10
# Strips and tiles, the tables of where they lie, and previews: pixels, and nothing about them.
PIXELS = {Tag.STRIPS, Tag.STRIP_BYTES, Tag.TILES, Tag.TILE_BYTES, Tag.JPEG_AT, Tag.JPEG_BYTES}
# In a RAF's header, the offset and the bytes of a JPEG with all metadata of the photo.
RAF_JPEG_AT = 84

# A JPEG's first marker, which has no length.
START_OF_IMAGE_BYTES = 2
# Of a JPEG that is not a chain of segments this much is searched.
NEAR = 1 << 20
# Markers that begin the picture itself, or end it: what follows holds no metadata.
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}

Handed = bytes | mmap


def metadata_bytes(photo: BinaryIO) -> Handed | None:
    """The bytes to read metadata from; None where the format holds none, or where they are too many.

    Where the photo is large, what is not needed of it reads as zeros.
    """
    photo.seek(0)
    take = SLICES.get(identify(photo.read(HEAD)).structure)
    if not take or (take is not _before_the_scan and photo.seek(0, io.SEEK_END) > LARGEST):
        return None
    return take(photo)


def _whole(photo: BinaryIO) -> Handed:
    photo.seek(0)
    return photo.read()


def _before_the_scan(photo: BinaryIO, start: int = 0) -> Handed:
    """A JPEG's segments up to where its picture begins: some kilobytes of as many megabytes."""
    end = start + START_OF_IMAGE_BYTES
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
    # A header may name a start behind the end of the file: then there is nothing.
    return photo.read(max(0, min(end - start, LARGEST))) + bytes((0xFF, END_OF_IMAGE))


def _within_raf(photo: BinaryIO) -> Handed:
    photo.seek(RAF_JPEG_AT)
    return _before_the_scan(photo, int.from_bytes(photo.read(4)))


def _directories(photo: BinaryIO) -> Handed:
    return _sparse_copy(photo, _spans(photo))


def _canons_boxes(photo: BinaryIO) -> Handed:
    return _sparse_copy(photo, iter([(0, CR3_HEAD)]))


def _spans(photo: BinaryIO) -> Iterator[tuple[int, int]]:
    yield 0, HEAD
    # BigTIFF can name places that no file reaches, nor can be gone to: what came before them counts.
    with suppress(OverflowError):
        for directory in tiff.directories(photo):
            yield directory.offset, directory.size
            for tag, entry in directory.entries.items():
                if tag not in PIXELS:
                    yield entry.offset, min(entry.size, LONGEST_VALUE)


def _sparse_copy(photo: BinaryIO, spans: Iterator[tuple[int, int]]) -> Handed:
    """As long as the photo, with the bytes of the spans; the rest takes no memory, and is not read."""
    length = photo.seek(0, io.SEEK_END)
    made = mmap(-1, length)
    for at, size in spans:
        if at < length:
            photo.seek(at)
            content = photo.read(min(size, length - at))
            made[at : at + len(content)] = content
    return made


# No other structure reaches the reader of metadata: no video, no PostScript.
SLICES: dict[Structure, Callable[[BinaryIO], Handed]] = {
    Structure.JPEG: _before_the_scan,
    Structure.TIFF: _directories,
    Structure.RAF: _within_raf,
    Structure.CR3: _canons_boxes,
    **dict.fromkeys((Structure.PNG, Structure.WEBP, Structure.PSD, Structure.BOXES, Structure.TAGGED), _whole),
}
