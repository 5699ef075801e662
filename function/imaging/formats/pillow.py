"""What Pillow and its plug-ins decode: AVIF by dav1d, HEIC by libheif, JPEG XL by libjxl, BMP, PSD's merged image."""

import io
import struct
from collections.abc import Callable
from typing import BinaryIO

from PIL import AvifImagePlugin, BmpImagePlugin, Image, ImageOps, PsdImagePlugin

from function.errors import BrokenImageError
from function.imaging import bounds, vips
from function.imaging.decoded import Decoded, Decoder, fitted
from function.imaging.formats import heif_header

# libvips takes these as they are; Pillow turns others into the nearest.
BANDS = {"L": 1, "RGB": 3, "RGBA": 4}
# Pillow and its plug-ins raise whatever they trip over in a broken file.
FAULTS = (
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
Opener = Callable[[bytes], Image.Image]


def _heif(content: bytes) -> Image.Image:
    import pillow_heif

    heif_header.check(content)
    opened = pillow_heif.open_heif(content, convert_hdr_to_8bit=True)
    image: Image.Image = opened.to_pillow()
    # The container's rotation is applied already; what EXIF says of it does not count.
    return image


def _avif(content: bytes) -> Image.Image:
    heif_header.check(content)
    image = AvifImagePlugin.AvifImageFile(io.BytesIO(content))
    # Pillow gives the container's rotation as EXIF's orientation, in the place of what EXIF said.
    return ImageOps.exif_transpose(image)


def _jxl(content: bytes) -> Image.Image:
    from pillow_jxl.JpegXLImagePlugin import JXLImageFile

    from function.imaging.formats import jxl_header

    # The plug-in decodes when it opens.
    bounds.check(*jxl_header.size(content), bounds.MOST_HELD_PIXELS)
    image: Image.Image = JXLImageFile(io.BytesIO(content))
    return image


def _bmp(content: bytes) -> Image.Image:
    image = BmpImagePlugin.BmpImageFile(io.BytesIO(content))
    bounds.check(*image.size, bounds.MOST_HELD_PIXELS)
    return image


def _psd(content: bytes) -> Image.Image:
    image = PsdImagePlugin.PsdImageFile(io.BytesIO(content))
    bounds.check(*image.size, bounds.MOST_HELD_PIXELS)
    return image


OPENERS: dict[str, Opener] = {"heif": _heif, "avif": _avif, "jxl": _jxl, "bmp": _bmp, "psd": _psd}


def decoder(image_format: str) -> Decoder:
    """The decoder of one of these formats."""
    return lambda photo, longest: _decode(OPENERS[image_format], photo, longest)


def _decode(opener: Opener, photo: BinaryIO, longest: int) -> Decoded:
    try:
        image = opener(photo.read())
        image = image if image.mode in BANDS else image.convert("RGBA" if "A" in image.mode else "RGB")
        pixels = image.tobytes()
    except FAULTS as error:
        raise BrokenImageError(f"The photo is broken or not whole: {error}. Upload it again.") from error
    width, height = image.size
    decoded = vips.from_pixels(pixels, width, height, BANDS[image.mode], image.info.get("icc_profile"))
    return Decoded(vips.resized(decoded, *fitted(width, height, longest)), width, height)
