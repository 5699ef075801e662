"""TIFF, and the many RAW formats that are TIFF files inside: the tags tell which."""

from typing import BinaryIO

from function import tiff as directories
from function.errors import BrokenImageError, NotRawError
from function.imaging.decoded import Decoded
from function.imaging.formats import plain
from function.tiff import Directory

MAKE, SUB_IFDS, DNG_VERSION, PHOTOMETRIC, CFA = 271, 330, 50706, 262, 32803


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """The photo; of a TIFF with several pages the first."""
    tags = directories.first(photo)
    if _may_be_raw(tags):
        from function.imaging.formats import raw  # LibRaw, for the files that may need it

        try:
            return raw.decode(photo, longest)
        except NotRawError:
            pass
    # libtiff fills what is missing at the end of a file with nothing, and says so to nobody.
    if max((at + size for at, size in tags.pixel_ranges()), default=0) > directories.length(photo):
        raise BrokenImageError("The photo is not whole: the file ends before its pixels do. Upload the file again.")
    photo.seek(0)
    return plain.decoder("tiff")(photo, longest)


def _may_be_raw(tags: Directory) -> bool:
    # A scanner names itself as a camera does; LibRaw then says that it does not know the file.
    return any(tag in tags for tag in (DNG_VERSION, SUB_IFDS, MAKE)) or CFA in tags.numbers(PHOTOMETRIC)
