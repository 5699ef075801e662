"""Reads how large the images in a HEIF or AVIF file say that they are, before its decoder believes them."""

import io
import struct

from function.files import isobmff
from function.imaging import bounds

# The box of items begins with its version, and so does the one of a size.
VERSION_BYTES = 4


def check(content: bytes) -> None:
    """Raise TooLargeError where an image of the file is larger than any photo."""
    for meta in isobmff.whole(io.BytesIO(content)).within(b"meta"):
        for properties in meta.within(b"iprp", skip=VERSION_BYTES):
            for size in (size for kept in properties.within(b"ipco") for size in kept.within(b"ispe")):
                sides = size.content()[VERSION_BYTES : VERSION_BYTES + 8].ljust(8, b"\x00")
                bounds.check(*struct.unpack(">II", sides))
