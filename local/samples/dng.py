"""Writes DNG files as cameras do: pixels in a Bayer mosaic, compressed or not, with or without a preview."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from local.samples import lossless, tiff
from local.samples.tiff import BYTE, RATIONAL, SRATIONAL, Tag, long, short, text

WHITE = 16383
# The matrix from CIE XYZ to the sensor's colours, here those of linear sRGB.
COLOUR_MATRIX = (3.2406, -1.5372, -0.4986, -0.9689, 1.8758, 0.0415, 0.0557, -0.2040, 1.0570)
D65 = 21
# TIFF's and DNG's tags.
SUBFILE, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 254, 256, 257, 258, 259, 262
MAKE, MODEL, STRIP, ORIENTATION, SAMPLES, ROWS, STRIP_BYTES, SUB_IFDS = 271, 272, 273, 274, 277, 278, 279, 330
CFA_SIZE, CFA_PATTERN, EXIF, TAKEN, OFFSET = 33421, 33422, 34665, 36867, 36881
DNG_VERSION, UNIQUE_MODEL, BLACK, WHITE_LEVEL = 50706, 50708, 50714, 50717
MATRIX, NEUTRAL, ILLUMINANT = 50721, 50728, 50778
CFA, UNCOMPRESSED, JPEG, YCBCR = 32803, 1, 7, 6
# The offsets of the directories, with enough space for each.
HEAD_AT, EXIF_AT, SENSOR_AT, TABLES = 8, 1024, 1536, 2560


@dataclass(frozen=True)
class Dng:
    """The metadata of a DNG; `preview` is a JPEG file's bytes with its width and height.

    With `packed`, the pixels are compressed as lossless JPEG.
    """

    taken: datetime
    orientation: int = 1
    preview: tuple[bytes, int, int] | None = None
    packed: bool = False


def write_dng(path: Path, pixels: NDArray[np.uint8], written: Dng) -> None:
    """Write a DNG of pixels (height x width x 3, 8-bit sRGB), before any rotation."""
    mosaic = _mosaic(pixels)
    strip = lossless.encode(mosaic) if written.packed else mosaic.tobytes()
    preview = written.preview[0] if written.preview else b""
    # The directories come first, in their reserved space; then the preview and the strip.
    preview_at = TABLES
    strip_at = preview_at + len(preview)
    sensor = _sensor(*mosaic.shape) | {
        COMPRESSION: short(JPEG if written.packed else UNCOMPRESSED),
        STRIP: long(strip_at),
        STRIP_BYTES: long(len(strip)),
    }
    exif_at, sensor_at = EXIF_AT, SENSOR_AT
    head = {**_camera(written), EXIF: long(exif_at)}
    if written.preview:
        head |= _preview(written.preview, preview_at) | {SUB_IFDS: long(sensor_at)}
    else:
        head |= sensor
    file = bytearray(TABLES)
    for at, tags in ((HEAD_AT, head), (exif_at, _exif(written.taken)), (sensor_at, sensor)):
        packed = tiff.directory(tags, at)
        file[at : at + len(packed)] = packed
    file[: len(tiff.HEADER)] = tiff.HEADER
    path.write_bytes(bytes(file) + preview + strip)


def _mosaic(pixels: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """Return the Bayer mosaic (red, green, green, blue) of the pixels, in linear light."""
    linear = ((pixels / 255.0) ** 2.2 * WHITE).astype(np.uint16)
    mosaic = linear[..., 1].copy()
    mosaic[0::2, 0::2] = linear[0::2, 0::2, 0]
    mosaic[1::2, 1::2] = linear[1::2, 1::2, 2]
    return mosaic


def _camera(written: Dng) -> dict[int, Tag]:
    return {
        MAKE: text("Safelight"),
        MODEL: text("Drawn"),
        UNIQUE_MODEL: text("Safelight Drawn"),
        DNG_VERSION: Tag(BYTE, (1, 4, 0, 0)),
        ORIENTATION: short(written.orientation),
        MATRIX: Tag(SRATIONAL, [Fraction(value) for value in COLOUR_MATRIX]),
        NEUTRAL: Tag(RATIONAL, [Fraction(1)] * 3),
        ILLUMINANT: short(D65),
    }


def _exif(taken: datetime) -> dict[int, Tag]:
    tags = {TAKEN: text(f"{taken:%Y:%m:%d %H:%M:%S}")}
    if taken.tzinfo:
        tags[OFFSET] = text(taken.isoformat()[-6:])
    return tags


def _sensor(height: int, width: int) -> dict[int, Tag]:
    return {
        SUBFILE: long(0),
        WIDTH: long(width),
        HEIGHT: long(height),
        BITS: short(16),
        PHOTOMETRIC: short(CFA),
        SAMPLES: short(1),
        ROWS: long(height),
        CFA_SIZE: short(2, 2),
        CFA_PATTERN: Tag(BYTE, (0, 1, 1, 2)),
        BLACK: short(0),
        WHITE_LEVEL: long(WHITE),
    }


def _preview(preview: tuple[bytes, int, int], at: int) -> dict[int, Tag]:
    content, width, height = preview
    return {
        SUBFILE: long(1),
        WIDTH: long(width),
        HEIGHT: long(height),
        BITS: short(8, 8, 8),
        COMPRESSION: short(JPEG),
        PHOTOMETRIC: short(YCBCR),
        STRIP: long(at),
        SAMPLES: short(3),
        ROWS: long(height),
        STRIP_BYTES: long(len(content)),
    }
