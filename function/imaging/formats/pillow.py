"""What Pillow and its plug-ins decode: AVIF by dav1d, HEIC by libheif, JPEG XL by libjxl, BMP, PSD's merged image."""

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from PIL import AvifImagePlugin, BmpImagePlugin, ExifTags, Image, PsdImagePlugin

from function.errors import BrokenImageError
from function.imaging import bounds, vips
from function.imaging.decoded import SIDEWAYS, Decoded, Decoder, fitted
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


@dataclass(frozen=True)
class Raster:
    """Pixels in rows, of 8 bits in a mode of `BANDS`; `orientation` is EXIF's, where they are still to be turned."""

    content: bytes
    size: tuple[int, int]
    mode: str
    icc_profile: bytes | None
    orientation: int = 1


Opener = Callable[[bytes], Raster]


class _AvifFrame(AvifImagePlugin.AvifImageFile):
    """An AVIF whose first frame is given as it was decoded: Pillow itself would copy it twice."""

    def pixels(self) -> bytes:
        content: bytes = self._decoder.get_frame(0)[0]
        return content


def _heif(content: bytes) -> Raster:
    import pillow_heif

    heif_header.check(content)
    opened = pillow_heif.open_heif(content, convert_hdr_to_8bit=True)
    # The container's rotation is applied already; what EXIF says of it does not count.
    pixels = opened.data
    if opened.mode not in BANDS:
        return _raster(opened.to_pillow())
    return Raster(pixels, opened.size, opened.mode, opened.info.get("icc_profile"))


def _avif(content: bytes) -> Raster:
    heif_header.check(content)
    image = _AvifFrame(io.BytesIO(content))
    # Pillow gives the container's rotation as EXIF's orientation, in the place of what EXIF said.
    orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    return Raster(image.pixels(), image.size, image.mode, image.info.get("icc_profile"), orientation)


def _jxl(content: bytes) -> Raster:
    from pillow_jxl.JpegXLImagePlugin import JXLImageFile

    from function.imaging.formats import jxl_header

    # The plug-in decodes when it opens.
    bounds.check(*jxl_header.size(content), bounds.MOST_HELD_PIXELS)
    return _raster(JXLImageFile(io.BytesIO(content)))


def _bmp(content: bytes) -> Raster:
    image = BmpImagePlugin.BmpImageFile(io.BytesIO(content))
    bounds.check(*image.size, bounds.MOST_HELD_PIXELS)
    return _raster(image)


def _psd(content: bytes) -> Raster:
    image = PsdImagePlugin.PsdImageFile(io.BytesIO(content))
    bounds.check(*image.size, bounds.MOST_HELD_PIXELS)
    return _raster(image)


def _raster(image: Image.Image) -> Raster:
    image = image if image.mode in BANDS else image.convert("RGBA" if "A" in image.mode else "RGB")
    return Raster(image.tobytes(), image.size, image.mode, image.info.get("icc_profile"))


OPENERS: dict[str, Opener] = {"heif": _heif, "avif": _avif, "jxl": _jxl, "bmp": _bmp, "psd": _psd}


def decoder(image_format: str) -> Decoder:
    """The decoder of one of these formats."""
    return lambda photo, longest: _decode(OPENERS[image_format], photo, longest)


def _decode(opener: Opener, photo: BinaryIO, longest: int) -> Decoded:
    try:
        raster = opener(photo.read())
    except FAULTS as error:
        raise BrokenImageError(f"The photo is broken or not whole: {error}. Upload the file again.") from error
    size = fitted(*raster.size, longest)
    pixels = vips.from_pixels(raster.content, *raster.size, BANDS[raster.mode], raster.icc_profile)
    width, height = raster.size[::-1] if raster.orientation in SIDEWAYS else raster.size
    return Decoded(vips.oriented(vips.resized(pixels, *size), raster.orientation), width, height)
