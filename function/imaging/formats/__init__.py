"""The formats that are taken in: a table from what was sniffed to the decoder, one file per family."""

from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, cast

from function.errors import PhotoError
from function.imaging import faults
from function.imaging.decoded import Decoded, Decoder


@dataclass(frozen=True)
class Format:
    """A format: the module that decodes it, the library that does the work, and what of it is shown.

    A module has a function `decode`, or `decoder`, which makes one for each of several formats.
    """

    module: str
    library: str
    shown: str = "all of it"


FORMATS: dict[str, Format] = {
    "jpeg": Format(
        "jpeg",
        "libjpeg-turbo",
        "baseline, progressive, CMYK and YCCK, Adobe RGB with or without a profile; of MPO the first",
    ),
    "png": Format(
        "png", "the png crate; libvips (libpng)", "to 16 bits, palettes, transparency on white; of APNG the first frame"
    ),
    "gif": Format("plain", "libvips (nsgif)", "the first frame"),
    "webp": Format("plain", "libvips (libwebp)", "lossy and lossless; the first frame"),
    "tiff": Format(
        "tiff",
        "libvips (libtiff)",
        "to 32 bits and floats, tiled, CMYK, Lab, BigTIFF; LZW, Deflate, Zstandard, LZMA, LERC; the first page in full",
    ),
    "heif": Format("pillow", "libheif (libde265)", "to 12 bits, HDR, grids; turned by the container, else by EXIF"),
    "avif": Format("pillow", "libavif (dav1d)", "to 12 bits, HDR; turned by the container; the first frame"),
    "jxl": Format("jxl", "libjxl", "to 16 bits and floats, HDR; of an animation the first frame"),
    "jp2": Format("jp2", "OpenJPEG", "grey to 16 bits, colours in 8"),
    "bmp": Format("pillow", "Pillow"),
    "psd": Format("psd", "libvips (libtiff)", "the merged image, to 16 bits and floats, CMYK and Lab"),
    "raw": Format(
        "raw",
        "LibRaw",
        "the embedded preview where it is large enough, read alone; else the sensor's pixels, at half size",
    ),
}


def decode(image_format: str, photo: BinaryIO, longest: int) -> Decoded:
    """Decode a photo of one of the formats, large enough for the longest side in pixels."""
    # Each decoder is imported when its first photo comes: LibRaw and libheif cost a start what few photos need.
    module = import_module(f"{__name__}.{FORMATS[image_format].module}")
    decoder = module.decoder(image_format) if hasattr(module, "decoder") else module.decode
    try:
        return cast("Decoder", decoder)(photo, longest)
    except (PhotoError, OSError, EOFError, MemoryError):
        raise
    except Exception as error:
        # A decoder that trips over a file, in whatever way, says that the file is broken; what could not be read is
        # another matter.
        raise faults.broken() from error
