"""Makes pictures with quarters of different colours in every format."""

import io
import struct
from collections.abc import Callable

import numpy as np
import pillow_heif
import pillow_jxl  # noqa: F401 - it registers itself with Pillow
from numpy.typing import NDArray
from PIL import Image

from local.samples.album import LAID

Pixels = NDArray[np.uint8]
RED, GREEN, BLUE, YELLOW = (220, 40, 40), (40, 180, 60), (40, 60, 210), (230, 210, 50)
CORNERS = (RED, GREEN, BLUE, YELLOW)
# The centre of each quarter, as shares of width and height: top left, top right, bottom left, bottom right.
PLACES = ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))

pillow_heif.register_heif_opener()


def quarters(width: int = 96, height: int = 64) -> Pixels:
    """Return pixels with a red, green, blue and yellow quarter, from the top left to the bottom right."""
    pixels = np.zeros((height, width, 3), np.uint8)
    for colour, (across, down) in zip(CORNERS, PLACES, strict=True):
        rows = slice(0, height // 2) if down < 0.5 else slice(height // 2, height)
        columns = slice(0, width // 2) if across < 0.5 else slice(width // 2, width)
        pixels[rows, columns] = colour
    return pixels


def encoded(image: Image.Image, kind: str, **options: object) -> io.BytesIO:
    """Encode the image in this format, as a seekable file."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    file.seek(0)
    return file


def rotate_to_sensor(orientation: int, pixels: Pixels) -> tuple[Image.Image, Image.Exif]:
    """Return the picture as stored for this EXIF orientation, and the EXIF data with it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return Image.fromarray(np.ascontiguousarray(LAID[orientation](pixels))), exif


def corners(content: bytes) -> list[tuple[int, ...]]:
    """Return the colours in the centres of a picture's quarters."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    points = [(int(across * image.width), int(down * image.height)) for across, down in PLACES]
    return [image.getpixel(point) for point in points]  # type: ignore[misc]


# The matrix from linear sRGB to CIE XYZ with the white point D65.
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = _XYZ.sum(axis=1)


def _lab(colour: tuple[int, ...]) -> NDArray[np.float64]:
    share = np.array(colour[:3]) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(_XYZ @ linear / _WHITE)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the difference of two sRGB colours: Delta E (CIE 1976)."""
    return float(np.linalg.norm(_lab(one) - _lab(other)))


def heif(pixels: Pixels, **options: object) -> io.BytesIO:
    """Encode a HEIC file."""
    return encoded(Image.fromarray(pixels), "HEIF", quality=95, **options)


def jxl(pixels: Pixels, **options: object) -> io.BytesIO:
    """Encode a JPEG XL file."""
    return encoded(Image.fromarray(pixels), "JXL", quality=98, **options)


def psd(pixels: Pixels) -> io.BytesIO:
    """Encode a Photoshop document without layers: header, three empty sections, and the planes of the merged image."""
    height, width, bands = pixels.shape
    head = b"8BPS" + struct.pack(">H6xHIIHH", 1, bands, height, width, 8, 3)
    return io.BytesIO(head + bytes(12) + struct.pack(">H", 0) + pixels.transpose(2, 0, 1).tobytes())


Make = Callable[[], io.BytesIO]
