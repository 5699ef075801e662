"""Unpacks a DNG whose pixels are JPEG XL (DNG 1.7, ProRAW of newer phones) into one that LibRaw reads."""

import io
import struct
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from function import tiff
from function.imaging import bounds, faults
from function.imaging.formats import jxl_header, tiff_tags, tiff_unpacking, tiff_writing
from function.imaging.formats.tiff_tags import BITS, COMPRESSION, HEIGHT, PHOTOMETRIC, PLANAR, ROWS_PER_STRIP, WIDTH
from function.imaging.formats.tiff_unpacking import DNG_JPEG_XL
from function.imaging.formats.tiff_writing import LONG, SHORT, Values, numbers
from function.tiff import STRIP_BYTES, STRIPS, SUB_IFDS, TILE_BYTES, TILES, Directory, Layout

CFA, LINEAR_RAW, WHITE_LEVEL = 32803, 34892, 50717
EXIF, GPS, PREVIEW, PREVIEW_BYTES = 34665, 34853, 513, 514
ROW_INTERLEAVE, COLUMN_INTERLEAVE = 50975, 52547
ACTIVE_AREA, CROP_ORIGIN, CROP_SIZE = 50829, 50719, 50720
BASELINE_EXPOSURE, MOST_STOPS = 50730, 5.0
# What is written anew, or concerns what is left out: places, previews, masked borders, and JPEG XL's own facts.
REPLACED = frozenset(
    (
        *(254, COMPRESSION, BITS, PLANAR, ROWS_PER_STRIP, STRIPS, STRIP_BYTES, TILES, TILE_BYTES, SUB_IFDS, EXIF, GPS),
        *(tiff_tags.TILE_WIDTH, tiff_tags.TILE_HEIGHT, tiff_tags.PREDICTOR, PREVIEW, PREVIEW_BYTES, 330, 347, 700),
        *(ROW_INTERLEAVE, COLUMN_INTERLEAVE, 52553, 52554, 52555),
    )
)
BORDERS = frozenset((ACTIVE_AREA, CROP_ORIGIN, CROP_SIZE, 50830))
# Lists of corrections, gain maps and the like, which LibRaw does not apply, are large and left out.
MOST_VALUE_BYTES = 1 << 20
WORD_BITS = 16

Samples = NDArray[np.uint16]


def sensor(photo: BinaryIO) -> Directory | None:
    """The directory of a sensor's pixels that are JPEG XL; None where there is none."""
    return next((found for found in tiff.directories(photo) if _is_packed_sensor(found)), None)


def exposure(photo: BinaryIO) -> float | None:
    """The factor by which colours are to be lightened, as their camera says; None for a mosaic, which LibRaw judges."""
    found = sensor(photo)
    if not found or found.number(PHOTOMETRIC) != LINEAR_RAW:
        return None
    packed = tiff.first(photo).packed(BASELINE_EXPOSURE)
    above, below = struct.unpack(f"{found.layout.order}2i", packed) if len(packed) == 8 else (0, 1)  # noqa: PLR2004
    stops = above / below if below else 0.0
    return float(2 ** max(-MOST_STOPS, min(MOST_STOPS, stops)))


def unpacked(photo: BinaryIO, longest: int) -> io.BytesIO:
    """The DNG with its pixels unpacked; of colours, at the least size that is not below `longest`.

    Raises BrokenImageError where a tile cannot be decoded, and TooLargeError.
    """
    found = sensor(photo)
    if not found:
        raise faults.broken()
    bounds.check(found.number(WIDTH), found.number(HEIGHT), bounds.MOST_HELD_PIXELS)
    try:
        array = _interleaved(_assembled(photo, found), found)
    except faults.FAULTS as error:
        raise faults.broken() from error
    dropped = REPLACED
    if found.number(PHOTOMETRIC) == LINEAR_RAW:
        array = _shrunk(_cropped(array, found), longest)
        dropped |= BORDERS
    return io.BytesIO(_written(tiff.first(photo), found, array, dropped))


def _is_packed_sensor(tags: Directory) -> bool:
    return tags.number(COMPRESSION) == DNG_JPEG_XL and tags.number(PHOTOMETRIC) in (CFA, LINEAR_RAW)


def _assembled(photo: BinaryIO, tags: Directory) -> Samples:
    """All tiles or strips in their places: rows, columns, samples."""
    layout = tiff_tags.layout(tags)
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
    """Rows and columns in their order, where those of one kind were written together, as of a mosaic."""
    rows, columns = tags.number(ROW_INTERLEAVE, 1), tags.number(COLUMN_INTERLEAVE, 1)
    if rows > 1:
        array = array[np.argsort(_stored(array.shape[0], rows))]
    if columns > 1:
        array = array[:, np.argsort(_stored(array.shape[1], columns))]
    return array


def _stored(count: int, fields: int) -> NDArray[np.intp]:
    """The true place of each stored row: those of the first field, then those of the second, and so on."""
    return np.concatenate([np.arange(start, count, fields) for start in range(fields)])


def _cropped(array: Samples, tags: Directory) -> Samples:
    area = tags.numbers(ACTIVE_AREA)
    if len(area) == 4:  # noqa: PLR2004 - top, left, bottom, right
        array = array[area[0] : area[2], area[1] : area[3]]
    origin, size = tags.numbers(CROP_ORIGIN), tags.numbers(CROP_SIZE)
    if len(origin) == len(size) == 2:  # noqa: PLR2004 - across and down
        array = array[origin[1] : origin[1] + size[1], origin[0] : origin[0] + size[0]]
    if not array.size:
        raise faults.broken()
    return array


def _shrunk(array: Samples, longest: int) -> Samples:
    """Squares of pixels made one, as many as leave enough."""
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
    """A DNG of one directory: what the first says of the camera, what the sensor's says, and the pixels."""
    layout = Layout("<") if found.layout.order == "<" else Layout(">")
    tags = {**tiff_writing.copied(first, dropped), **tiff_writing.copied(found, dropped)}
    small: dict[int, Values] = {tag: values for tag, values in tags.items() if len(values.packed) < MOST_VALUE_BYTES}
    height, width, count = array.shape
    order = layout.order
    small |= {
        WIDTH: numbers(order, LONG, width),
        HEIGHT: numbers(order, LONG, height),
        BITS: numbers(order, SHORT, *[WORD_BITS] * count),
        COMPRESSION: numbers(order, SHORT, tiff_unpacking.NONE),
        PHOTOMETRIC: numbers(order, LONG, found.number(PHOTOMETRIC)),
        tiff_tags.SAMPLES: numbers(order, SHORT, count),
        PLANAR: numbers(order, SHORT, 1),
        ROWS_PER_STRIP: numbers(order, LONG, height),
        tiff_tags.SUBFILE: numbers(order, LONG, 0),
    }
    if WHITE_LEVEL not in small:
        # Without it, white is the highest number of the bits that were written.
        small[WHITE_LEVEL] = numbers(order, LONG, *[(1 << found.number(BITS, WORD_BITS)) - 1] * count)
    pixels = array.astype(f"{order}u2", copy=False).tobytes()
    return tiff_writing.written(small, [pixels], layout, tiled=False)
