"""JPEG, by libjpeg-turbo at a half, a quarter or an eighth of the size where that serves."""

from typing import BinaryIO

import simplejpeg

from function.imaging import bounds, vips
from function.imaging.decoded import HEADROOM, Decoded, fitted
from function.imaging.formats import plain

# The scales that its inverse transform does by itself; the eighths between them cost more than they save.
SHRINKS = (8, 4, 2)
CMYK = "cmyk"


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """The photo, upright by its EXIF orientation."""
    return decode_content(photo.read(), longest)


def decode_content(content: bytes, longest: int, *, upright: bool = True) -> Decoded:
    """The photo in these bytes; not turned, where its own orientation does not count."""
    header = vips.load("jpegload_buffer", content)
    bounds.check(header.width, header.height)
    if header.interpretation == CMYK:
        return plain.decode("jpeg", content, longest, upright=upright)
    target = fitted(header.width, header.height, longest)
    try:
        lying = vips.resized(_scaled(content, header, target), *target)
    except ValueError:
        # Oddities that many cameras write stop it too; libvips tells them from what is broken.
        return plain.decode("jpeg", content, longest, upright=upright)
    pixels = vips.upright(lying, header) if upright else lying
    turned = (pixels.width, pixels.height) != target
    width, height = (header.height, header.width) if turned else (header.width, header.height)
    return Decoded(pixels, width, height)


def _scaled(content: bytes, header: vips.Image, target: tuple[int, int]) -> vips.Image:
    ratio = header.width / target[0]
    shrink = next((shrink for shrink in SHRINKS if shrink * HEADROOM <= ratio), 1)
    pixels = simplejpeg.decode_jpeg(
        content, "RGB", min_width=header.width // shrink, min_height=header.height // shrink
    )
    rows, columns, bands = pixels.shape
    return vips.from_pixels(pixels.data, columns, rows, bands, vips.profile(header))
