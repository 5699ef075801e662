"""Decodes RAW files: the embedded preview where it serves, read alone; else the sensor's pixels, by LibRaw."""

import io
from dataclasses import replace
from typing import BinaryIO

from function.errors import BrokenImageError
from function.imaging.decoded import Decoded
from function.imaging.formats.raw import jxl_tiles, libraw, preview
from function.imaging.formats.raw.embedded import Embedded

# The least share of a sensor's bytes that is developed.
LEAST_SHARE = 0.05
MOST_PADDING = 200_000_000
CUT = "The RAW file is not whole: it ends before its sensor's pixels do. The rest is shown. Upload the file again."
EMPTY = "The RAW file is not whole: hardly any of its sensor's pixels are there. Upload the file again."


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """Decode the photo, upright by the RAW's own orientation. Raises NotRawError where no RAW decoder knows it."""
    embedded = preview.find(photo)
    shown = preview.decode(photo, embedded, longest) if embedded else None
    if shown:
        return shown
    try:
        return _from_sensor(photo, embedded, longest)
    except BrokenImageError:
        small = preview.decode(photo, embedded, longest, share=0) if embedded else None
        if not small:
            raise
        return replace(small, partial_reason=libraw.SHOWN_SMALL)


def _from_sensor(photo: BinaryIO, embedded: Embedded | None, longest: int) -> Decoded:
    """Decode the sensor's pixels, or a preview that LibRaw alone knows of."""
    share = embedded.share(photo.seek(0, io.SEEK_END)) if embedded else 1.0
    if share < LEAST_SHARE:
        raise BrokenImageError(EMPTY)
    if embedded and jxl_tiles.sensor(photo):
        decoded = libraw.decode(jxl_tiles.unpacked(photo, longest), longest, jxl_tiles.exposure(photo))
        width, height = embedded.width, embedded.height
        if (decoded.width >= decoded.height) != (width >= height):
            width, height = height, width
        return replace(decoded, width=width, height=height)
    decoded = libraw.decode(_padded(photo, embedded.end) if embedded and share < 1 else photo, longest)
    return replace(decoded, partial_reason=decoded.partial_reason or (CUT if share < 1 else None))


def _padded(photo: BinaryIO, end: int) -> io.BytesIO:
    """Put zeros in the place of missing pixels of the sensor: LibRaw shows nothing of a file that ends too early."""
    photo.seek(0)
    content = photo.read()
    return io.BytesIO(content.ljust(min(end, len(content) + MOST_PADDING), b"\x00"))
