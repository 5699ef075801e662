"""Unpacks Zstandard, LZMA, LERC, JPEG XL, JPEG 2000 and WebP into a TIFF that the built-in libtiff reads."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO, Literal

import numpy as np
from numpy.typing import NDArray

from function.errors import BrokenImageError
from function.files.tiff import Directory
from function.files.tiff_tags import Tag
from function.imaging import bounds, faults
from function.imaging.formats import jxl_header, tiff_layout, tiff_writing, webp_header
from function.imaging.formats.tiff_layout import Layout
from function.imaging.formats.tiff_writing import Values

NONE, DEFLATE, NO_PREDICTOR = 1, 8, 1
LZMA, ZSTD, LERC, WEBP, JPEG_XL, DNG_JPEG_XL = 34925, 50000, 34887, 50001, 50002, 52546
JPEG_2000 = (34712, 33003, 33005)
# The sides in a JPEG 2000 codestream.
JPEG_2000_SIZE = slice(8, 16)
# The packing around LERC's bytes, by the second of its parameters.
WITHIN_LERC = {1: 8, 2: ZSTD}
# libtiff's own, as it is built into libvips: none, fax, LZW, JPEG, Deflate and PackBits.
BUILT_IN = frozenset((NONE, 2, 3, 4, 5, 7, DEFLATE, 32773, 32946))
NAMES = {
    6: "old-style JPEG",
    9: "JBIG",
    10: "JBIG",
    32766: "NeXT's packing",
    32809: "ThunderScan's packing",
    32908: "Pixar's packing",
    32909: "Pixar's packing",
    34661: "JBIG",
    34676: "LogLuv",
    34677: "LogLuv",
    34892: "lossy JPEG",
}
# Places of the chunks follow from what is written.
REPLACED = frozenset(
    (Tag.STRIPS, Tag.STRIP_BYTES, Tag.TILES, Tag.TILE_BYTES, Tag.COMPRESSION, Tag.SUB_IFDS, Tag.JPEG_TABLES)
)
OVERFLOW = 64
ONE_PLANE = ((Tag.SAMPLES, 1), (Tag.PLANAR, 1), (Tag.PHOTOMETRIC, tiff_layout.BLACK_IS_ZERO))

Bytes = bytes | memoryview
Chunk = Callable[[bytes, Layout, int, Directory], bytes]


def is_built_in(tags: Directory) -> bool:
    """Return whether libvips's libtiff reads the page as it is."""
    return tags.number(Tag.COMPRESSION, NONE) in BUILT_IN


def unpacked(photo: BinaryIO, tags: Directory) -> bytes:
    """Write the page as a TIFF that libtiff reads. Raises BrokenImageError, or UnsupportedFormatError with a name."""
    compression = tags.number(Tag.COMPRESSION, NONE)
    unpack = UNPACKERS.get(compression)
    if not unpack:
        name = NAMES.get(compression, f"compression {compression}")
        raise faults.not_drawn(f"a TIFF with {name}")
    layout = tiff_layout.layout(tags)
    bounds.check(*layout.chunk, bounds.MOST_HELD_PIXELS)
    keeps_predictor = compression in (LZMA, ZSTD)
    try:
        chunks = [
            _packed(unpack(content, layout, index, tags), fast=keeps_predictor)
            for index, content in enumerate(_chunks(photo, tags))
        ]
    except (*faults.FAULTS, zlib.error) as error:
        raise faults.broken() from error
    if not chunks:
        raise faults.broken()
    return _written(tags, chunks, layout, keeps_predictor=keeps_predictor)


def planes(photo: BinaryIO, tags: Directory) -> list[bytes]:
    """Write each plane as a file of grey, of a page with tiles for each plane: libvips does not read those."""
    layout = tiff_layout.layout(tags)
    chunks, order = _chunks(photo, tags), tags.layout.order
    each = len(chunks) // layout.samples
    one: dict[int, Values] = {tag: tiff_writing.numbers(order, tiff_writing.SHORT, value) for tag, value in ONE_PLANE}
    copied = tiff_writing.copied(tags, REPLACED - {Tag.COMPRESSION} | {Tag.EXTRA_SAMPLES})
    copied |= one
    copied[Tag.BITS] = tiff_writing.numbers(order, tiff_writing.SHORT, layout.bits)
    if Tag.SAMPLE_FORMAT in copied:
        kind = tags.number(Tag.SAMPLE_FORMAT, 1)
        copied[Tag.SAMPLE_FORMAT] = tiff_writing.numbers(order, tiff_writing.SHORT, kind)
    big = replace(tags.layout, count="Q", offset="Q")
    return [
        tiff_writing.written(copied, chunks[each * index : each * (index + 1)], big, tiled=True)
        for index in range(layout.samples)
    ]


def samples_of(content: bytes, compression: int) -> NDArray[np.generic]:
    """Decode a chunk of JPEG XL, JPEG 2000 or WebP: rows, columns, bands. Raises TooLargeError by its own header."""
    import imagecodecs  # for the few files that need it

    _check_size(content, compression)
    if compression in JPEG_2000:
        array = imagecodecs.jpeg2k_decode(content)
    elif compression == WEBP:
        array = imagecodecs.webp_decode(content)
    else:
        array = imagecodecs.jpegxl_decode(content)
    found = np.asarray(array)
    return found[..., None] if found.ndim == 2 else found  # noqa: PLR2004 - rows and columns


def _check_size(content: bytes, compression: int) -> None:
    if compression == WEBP:
        webp_header.check(content)
    elif compression in JPEG_2000:
        width, height = struct.unpack(">II", content[JPEG_2000_SIZE].ljust(8, b"\x00"))
        bounds.check(width, height, bounds.MOST_HELD_PIXELS)
    else:
        bounds.check(*jxl_header.size(content), bounds.MOST_HELD_PIXELS)


def _chunks(photo: BinaryIO, tags: Directory) -> list[bytes]:
    found = []
    for at, size in tags.pixel_ranges():
        photo.seek(at)
        found.append(photo.read(size))
    return found


def _packed(content: bytes, *, fast: bool) -> bytes:
    # libtiff undoes the predictor of Deflate, and not of what is not packed: so the bytes are stored as Deflate.
    return zlib.compress(content, 0) if fast else content


def _written(tags: Directory, chunks: list[bytes], layout: Layout, *, keeps_predictor: bool) -> bytes:
    order = tags.layout.order
    copied = tiff_writing.copied(tags, REPLACED)
    copied[Tag.COMPRESSION] = tiff_writing.numbers(order, tiff_writing.SHORT, DEFLATE if keeps_predictor else NONE)
    if not keeps_predictor:
        copied[Tag.PREDICTOR] = tiff_writing.numbers(order, tiff_writing.SHORT, NO_PREDICTOR)
    big = replace(tags.layout, count="Q", offset="Q")
    return tiff_writing.written(copied, chunks, big, tiled=layout.is_tiled)


def _expected(layout: Layout, index: int) -> int:
    return layout.row_bytes * layout.rows(index)


def _zstd(content: bytes, layout: Layout, index: int, _tags: Directory) -> bytes:
    from imagecodecs import zstd_decode

    # One byte more than there should be is room enough: what is longer raises.
    return bytes(zstd_decode(content, out=_expected(layout, index) + OVERFLOW))[: _expected(layout, index)]


def _lzma(content: bytes, layout: Layout, index: int, _tags: Directory) -> bytes:
    import lzma

    try:
        found = lzma.LZMADecompressor().decompress(content, _expected(layout, index))
    except lzma.LZMAError as error:
        raise faults.broken() from error
    return _whole(found, layout, index)


def _lerc(content: bytes, layout: Layout, index: int, tags: Directory) -> bytes:
    from imagecodecs import lerc_decode

    within = next(iter(tags.numbers(Tag.LERC_PARAMETERS)[1:]), 0)
    if within:
        unpack = _zstd if WITHIN_LERC.get(within) == ZSTD else _zlib
        content = unpack(content, layout, index, tags)
    return _from_samples(np.asarray(lerc_decode(content)), layout, index, tags)


def _zlib(content: bytes, layout: Layout, index: int, _tags: Directory) -> bytes:
    return zlib.decompressobj().decompress(content, _expected(layout, index) + OVERFLOW)


def _image(content: bytes, layout: Layout, index: int, tags: Directory) -> bytes:
    return _from_samples(samples_of(content, tags.number(Tag.COMPRESSION)), layout, index, tags)


def _from_samples(array: NDArray[np.generic], layout: Layout, index: int, tags: Directory) -> bytes:
    if array.itemsize * 8 != layout.bits:
        raise BrokenImageError(faults.BROKEN)
    order: Literal["<", ">"] = "<" if tags.layout.order == "<" else ">"
    ordered = array.astype(array.dtype.newbyteorder(order), copy=False)
    return _whole(ordered.tobytes(), layout, index)


def _whole(content: bytes, layout: Layout, index: int) -> bytes:
    if len(content) < _expected(layout, index):
        raise ValueError("the chunk is shorter than its rows")
    return content[: _expected(layout, index)]


UNPACKERS: dict[int, Chunk] = {
    LZMA: _lzma,
    ZSTD: _zstd,
    LERC: _lerc,
    **dict.fromkeys((WEBP, JPEG_XL, DNG_JPEG_XL, *JPEG_2000), _image),
}
