"""HEIC and HEIF, by libheif with its HEVC decoder."""

from typing import BinaryIO

import pillow_heif

from function.errors import BrokenImageError
from function.imaging import bounds, vips
from function.imaging.decoded import Decoded, fitted

BANDS = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """The photo; the container's own rotation is applied, EXIF's is not."""
    try:
        image = pillow_heif.open_heif(photo.read(), convert_hdr_to_8bit=True)
        width, height = image.size
        bounds.check(width, height)
        # libheif pads its rows; numpy's view of them leaves the padding out.
        pixels = image.to_pillow().tobytes()
    except (ValueError, OSError, RuntimeError, EOFError, SyntaxError) as error:
        raise BrokenImageError(f"The photo is broken or not whole: {error}. Upload it again.") from error
    decoded = vips.from_pixels(pixels, width, height, BANDS[image.mode], image.info.get("icc_profile"))
    return Decoded(vips.resized(decoded, *fitted(width, height, longest)), width, height)
