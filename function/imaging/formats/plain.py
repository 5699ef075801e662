"""What libvips decodes by itself: JPEG, PNG, WebP, GIF (the first frame) and AVIF."""

from typing import BinaryIO

from function.imaging import bounds, vips
from function.imaging.decoded import Decoded, fitted

# EXIF orientations that lay the photo on its side.
SIDEWAYS = range(5, 9)


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """The photo, decoded with shrink-on-load where the format has it."""
    content = photo.read()
    header = vips.header(content)
    width, height = header.width, header.height
    bounds.check(width, height)
    if header.get_typeof("orientation") and header.get("orientation") in SIDEWAYS:
        width, height = height, width
    return Decoded(vips.thumbnail(content, *fitted(width, height, longest)), width, height)
