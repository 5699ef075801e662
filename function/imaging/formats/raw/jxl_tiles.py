"""Unpacks a DNG whose pixels are JPEG XL (DNG 1.7, ProRAW of newer phones) into one that LibRaw reads."""

import io
import struct
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from function.files import tiff
from function.files.tiff import ByteLayout, Directory
from function.files.tiff_tags import Tag
from function.imaging import bounds, faults
from function.imaging.formats import jxl_header, tiff_layout, tiff_unpacking, tiff_writing
from function.imaging.formats.tiff_layout import CFA, LINEAR_RAW
from function.imaging.formats.tiff_unpacking import DNG_JPEG_XL
from function.imaging.formats.tiff_writing import LONG, SHORT, Values, numbers

MOST_STOPS = 5.0
# These tags are written anew, or concern parts that are left out: previews, other directories, and JPEG XL's own facts.
REPLACED = frozenset(
    (
        *(Tag.SUBFILE, Tag.COMPRESSION, Tag.BITS, Tag.PLANAR, Tag.ROWS_PER_STRIP, Tag.PREDICTOR, Tag.JPEG_TABLES),
        *(Tag.STRIPS, Tag.STRIP_BYTES, Tag.TILES, Tag.TILE_BYTES, Tag.TILE_WIDTH, Tag.TILE_HEIGHT),
        *(Tag.SUB_IFDS, Tag.EXIF, Tag.GPS, Tag.XMP, Tag.JPEG_AT, Tag.JPEG_BYTES),
        *(Tag.ROW_INTERLEAVE, Tag.COLUMN_INTERLEAVE, Tag.JXL_DISTANCE, Tag.JXL_EFFORT, Tag.JXL_DECODE_SPEED),
    )
)
BORDERS = frozenset((Tag.ACTIVE_AREA, Tag.CROP_ORIGIN, Tag.CROP_SIZE, Tag.MASKED_AREAS))
# Lists of corrections, gain maps and the like, which LibRaw does not apply, are large and left out.
MOST_VALUE_BYTES = 1 << 20
WORD_BITS = 16

Samples = NDArray[np.uint16]


def sensor(photo: BinaryIO) -> Directory | None:
    """Find the directory of a sensor's pixels that are JPEG XL. Returns None where there is none."""
    return next((found for found in tiff.directories(photo) if _is_packed_sensor(found)), None)


def exposure(photo: BinaryIO) -> float | None:
    """Return the factor by which the camera wants colours lightened; None for a mosaic, which LibRaw judges."""
    found = sensor(photo)
    if not found or found.number(Tag.PHOTOMETRIC) != LINEAR_RAW:
        return None
    packed = tiff.first(photo).packed(Tag.BASELINE_EXPOSURE)
    above, below = struct.unpack(f"{found.layout.order}2i", packed) if len(packed) == 8 else (0, 1)  # noqa: PLR2004
    stops = above / below if below else 0.0
    return float(2 ** max(-MOST_STOPS, min(MOST_STOPS, stops)))


def unpacked(photo: BinaryIO, longest: int) -> io.BytesIO:
    """Write the DNG with its pixels unpacked; of colours, at the least size that is not below `longest`.

    Raises BrokenImageError where a tile cannot be decoded, and TooLargeError.
    """
    found = sensor(photo)
    if not found:
        raise faults.broken()
    bounds.check(found.number(Tag.WIDTH), found.number(Tag.HEIGHT), bounds.MOST_HELD_PIXELS)
    try:
        array = _interleaved(_assembled(photo, found), found)
    except faults.FAULTS as error:
        raise faults.broken() from error
    dropped = REPLACED
    if found.number(Tag.PHOTOMETRIC) == LINEAR_RAW:
        array = _shrunk(_cropped(array, found), longest)
        dropped |= BORDERS
    return io.BytesIO(_written(tiff.first(photo), found, array, dropped))


def _is_packed_sensor(tags: Directory) -> bool:
    return tags.number(Tag.COMPRESSION) == DNG_JPEG_XL and tags.number(Tag.PHOTOMETRIC) in (CFA, LINEAR_RAW)


def _assembled(photo: BinaryIO, tags: Directory) -> Samples:
    """Put all tiles or strips in their places: rows, columns, samples."""
    layout = tiff_layout.layout(tags)
    array = np.zeros((layout.height, layout.width, layout.samples), np.uint16)
    high, wide = layout.chunk[1], layout.chunk[0]
    for index, (at, size) in enumerate(tags.pixel_ranges()):
        photo.seek(at)
        row, column = index // layout.across * high, index % layout.across * wide
        room = array[row : row + high, column : column + wide]
        tile = _tile(photo.read(size), layout.bits)
        room[:] = tile[: room.shape[0], : room.shape[1]]
    return array


def _tile(content: bytes, bits: int) -> Samples:
    header = jxl_header.read(content)
    bounds.check(header.width, header.height, bounds.MOST_HELD_PIXELS)
    array = tiff_unpacking.samples_of(content, DNG_JPEG_XL)
    if array.dtype.kind == "f":
        return (np.clip(np.nan_to_num(array.astype(np.float32)), 0, 1) * ((1 << bits) - 1)).round().astype(np.uint16)
    # The decoder spreads the bits that are written over a whole byte or word.
    top, wanted = np.iinfo(array.dtype).max, (1 << bits) - 1  # type: ignore[type-var]
    if wanted in (top, 0) or bits > WORD_BITS:
        return array.astype(np.uint16)
    return (array.astype(np.uint32) * wanted // top + (array.astype(np.uint32) * wanted % top * 2 > top)).astype(
        np.uint16
    )


def _interleaved(array: Samples, tags: Directory) -> Samples:
    """Put rows and columns in their order, where those of one kind were written together, as of a mosaic."""
    rows, columns = tags.number(Tag.ROW_INTERLEAVE, 1), tags.number(Tag.COLUMN_INTERLEAVE, 1)
    if rows > 1:
        array = array[np.argsort(_stored(array.shape[0], rows))]
    if columns > 1:
        array = array[:, np.argsort(_stored(array.shape[1], columns))]
    return array


def _stored(count: int, fields: int) -> NDArray[np.intp]:
    """Return the true index of each stored row: those of the first field, then those of the second, and so on."""
    return np.concatenate([np.arange(start, count, fields) for start in range(fields)])


def _cropped(array: Samples, tags: Directory) -> Samples:
    area = tags.numbers(Tag.ACTIVE_AREA)
    if len(area) == 4:  # noqa: PLR2004 - top, left, bottom, right
        array = array[area[0] : area[2], area[1] : area[3]]
    origin, size = tags.numbers(Tag.CROP_ORIGIN), tags.numbers(Tag.CROP_SIZE)
    if len(origin) == len(size) == 2:  # noqa: PLR2004 - across and down
        array = array[origin[1] : origin[1] + size[1], origin[0] : origin[0] + size[0]]
    if not array.size:
        raise faults.broken()
    return array


def _shrunk(array: Samples, longest: int) -> Samples:
    """Average squares of pixels, as large as leave enough pixels."""
    side = max(1, max(array.shape[:2]) // longest)
    rows, columns = (length // side * side for length in array.shape[:2])
    if side == 1 or not rows or not columns:
        return array
    total = np.zeros((rows // side, columns // side, array.shape[2]), np.uint32)
    for row in range(side):
        for column in range(side):
            total += array[row:rows:side, column:columns:side]
    return np.asarray(total // (side * side), np.uint16)


def _written(first: Directory, found: Directory, array: Samples, dropped: frozenset[int]) -> bytes:
    """Write a DNG of one directory: the camera's facts from the first, the sensor's from its own, and the pixels."""
    layout = ByteLayout("<") if found.layout.order == "<" else ByteLayout(">")
    tags = {**tiff_writing.copied(first, dropped), **tiff_writing.copied(found, dropped)}
    small: dict[int, Values] = {tag: values for tag, values in tags.items() if len(values.packed) < MOST_VALUE_BYTES}
    height, width, count = array.shape
    order = layout.order
    small |= {
        Tag.WIDTH: numbers(order, LONG, width),
        Tag.HEIGHT: numbers(order, LONG, height),
        Tag.BITS: numbers(order, SHORT, *[WORD_BITS] * count),
        Tag.COMPRESSION: numbers(order, SHORT, tiff_unpacking.NONE),
        Tag.PHOTOMETRIC: numbers(order, LONG, found.number(Tag.PHOTOMETRIC)),
        Tag.SAMPLES: numbers(order, SHORT, count),
        Tag.PLANAR: numbers(order, SHORT, 1),
        Tag.ROWS_PER_STRIP: numbers(order, LONG, height),
        Tag.SUBFILE: numbers(order, LONG, 0),
    }
    if Tag.WHITE_LEVEL not in small:
        # Without it, white is the highest number of the bits that were written.
        small[Tag.WHITE_LEVEL] = numbers(order, LONG, *[(1 << found.number(Tag.BITS, WORD_BITS)) - 1] * count)
    pixels = array.astype(f"{order}u2", copy=False).tobytes()
    return tiff_writing.written(small, [pixels], layout, tiled=False)
