"""Decodes JPEG 2000 by OpenJPEG, in 8 or 16 bits."""

import io
from typing import BinaryIO

import numpy as np
from PIL import Image, Jpeg2KImagePlugin

from function.errors import BrokenImageError
from function.files import isobmff
from function.files.formats import JP2_CODESTREAM
from function.imaging import bounds, gaps, samples
from function.imaging.decoded import Decoded
from function.imaging.formats import pillow
from function.imaging.formats.pillow import BANDS, Raster
from function.imaging.samples import Alpha, Samples

CODESTREAM_END = b"\xff\xd9"
# Bytes behind a codestream in which its end may lie: writers pad it.
PADDING_BYTES = 64
GREY_16 = "I;16"
# A colour specification's method for an ICC profile, whose bytes follow behind three.
PROFILE_METHODS, PROFILE_AT = (2, 3), 3
CUT = "The photo is not whole: its file ends before its pixels do. Upload the file again."


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """Decode the photo. Raises TooLargeError or BrokenImageError."""
    return pillow.decode(_opened, photo, longest)


def _opened(content: bytes) -> Raster:
    damage = gaps.DAMAGED if gaps.has_gap(content, gaps.PACKETS, *_codestream(content)) else None
    image: Image.Image = Jpeg2KImagePlugin.Jpeg2KImageFile(io.BytesIO(content))
    bounds.check(*image.size, bounds.MOST_HELD_PIXELS)
    if image.mode == GREY_16:
        array = np.frombuffer(image.tobytes(), "<u2").reshape(image.height, image.width, 1)
        return Raster(Samples(samples.from_array(array.astype(np.uint16)), icc_profile=_profile(content)), 1, damage)
    if image.mode not in BANDS:
        image = image.convert("RGBA" if "A" in image.mode else "RGB")
    array = np.frombuffer(image.tobytes(), np.uint8).reshape(image.height, image.width, BANDS[image.mode])
    alpha = Alpha.STRAIGHT if image.mode.endswith("A") else Alpha.NONE
    return Raster(Samples(samples.from_array(array), alpha, _profile(content)), 1, damage)


def _codestream(content: bytes) -> tuple[int, int]:
    """Return the offsets at which the codestream begins and ends. Raises BrokenImageError where it has no end mark.

    OpenJPEG says nothing of that.
    """
    start, end = 0, len(content)
    if not content.startswith(JP2_CODESTREAM):
        streams = isobmff.whole(io.BytesIO(content)).within(b"jp2c")
        if not streams:
            raise BrokenImageError(CUT)
        start, end = streams[0].start, streams[0].end
    if content.find(CODESTREAM_END, max(start, end - PADDING_BYTES), end) < 0:
        raise BrokenImageError(CUT)
    return start, end


def _profile(content: bytes) -> bytes | None:
    """Return the ICC profile of the header's colour specification."""
    header = isobmff.whole(io.BytesIO(content)).at(b"jp2h") if not content.startswith(JP2_CODESTREAM) else None
    specified = [box.content() for box in header.within(b"colr")] if header else []
    return next((found[PROFILE_AT:] for found in specified if found[:1] and found[0] in PROFILE_METHODS), None)
