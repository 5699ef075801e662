"""Decodes JPEG XL by libjxl: eight bits by Pillow's plug-in, more and HDR by imagecodecs, in their own depth."""

import io
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from function.imaging import bounds, samples
from function.imaging.decoded import Decoded
from function.imaging.formats import jxl_header, pillow
from function.imaging.formats.jxl_header import Header
from function.imaging.formats.pillow import BANDS, Raster
from function.imaging.samples import Alpha, Samples

# Bands that are grey and alpha, or colours and alpha; others are not transparency.
WITH_ALPHA = (2, 4)


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """Decode the photo; of an animation the first frame."""
    return pillow.decode(_opened, photo, longest)


def _opened(content: bytes) -> Raster:
    header = jxl_header.read(content)
    bounds.check(header.width, header.height, bounds.MOST_HELD_PIXELS)
    # The decoder turns the pixels as the header says.
    return Raster(_deep(content, header) if header.is_deep else _eight_bits(content, header))


def _eight_bits(content: bytes, header: Header) -> Samples:
    image = _plugin(content)
    if image.mode not in BANDS:
        image = image.convert("RGBA" if "A" in image.mode else "RGB")
    array = np.frombuffer(image.tobytes(), np.uint8).reshape(image.height, image.width, BANDS[image.mode])
    alpha = Alpha.STRAIGHT if image.mode.endswith("A") else Alpha.NONE
    profile = image.info.get("icc_profile")
    is_coded = header.coding and not header.has_profile
    return Samples(samples.from_array(array), alpha, None if is_coded else profile, header.coding)


def _deep(content: bytes, header: Header) -> Samples:
    array = pixels(content)
    profile = _plugin(content).info.get("icc_profile") if header.has_profile else None
    alpha = Alpha.STRAIGHT if array.shape[-1] in WITH_ALPHA else Alpha.NONE
    return Samples(samples.from_array(array), alpha, profile, header.coding)


def pixels(content: bytes) -> NDArray[np.generic]:
    """Decode rows, columns and bands of uint8, uint16, or float32. Raises RuntimeError or ValueError."""
    from imagecodecs import jpegxl_decode  # for the few files that need it

    array = np.asarray(jpegxl_decode(content))
    if array.dtype == np.float16:
        array = array.astype(np.float32)
    return array[..., None] if array.ndim == 2 else array  # noqa: PLR2004 - rows and columns


def _plugin(content: bytes) -> Image.Image:
    from pillow_jxl.JpegXLImagePlugin import JXLImageFile

    return JXLImageFile(io.BytesIO(content))
