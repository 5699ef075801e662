"""RAW files: the embedded preview where it serves, read alone; else the sensor's pixels, by LibRaw."""

from dataclasses import replace
from typing import BinaryIO

from function.errors import BrokenImageError
from function.imaging.decoded import Decoded
from function.imaging.formats.raw import libraw, preview


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """The photo, upright by the RAW's own orientation. Raises NotRawError for what no RAW decoder knows."""
    embedded = preview.find(photo)
    shown = preview.decode(photo, embedded, longest) if embedded else None
    if shown:
        return shown
    photo.seek(0)
    try:
        return libraw.decode(photo, longest)
    except BrokenImageError:
        small = preview.decode(photo, embedded, longest, share=0) if embedded else None
        if not small:
            raise
        return replace(small, partial_reason=libraw.SHOWN_SMALL)
