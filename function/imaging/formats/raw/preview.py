"""Decodes the preview within a RAW file as its photo: turned, in its colours, and without a camera's black bars."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import BinaryIO

from function.errors import PhotoError
from function.files.formats import RAW
from function.files.identify import identify
from function.files.signatures import Structure
from function.imaging import bounds, faults, vips
from function.imaging.decoded import EXIF_SIDEWAYS, Decoded, Pixels
from function.imaging.formats import jpeg
from function.imaging.formats.raw import canon, fujifilm, tiff_based
from function.imaging.formats.raw.embedded import ByteRange, Embedded
from function.imaging.profiles import ADOBE_RGB

# A preview serves the largest rendition when it has at least this share of the rendition's longest side.
SHARE = 0.9
# A preview of nearly the sensor's size is the photo as the camera shows it: without the sensor's edges.
NEARLY = 0.05
# More than the JPEG of any camera has.
MOST_BYTES = 100_000_000
# Bars are darker than this, and the preview's shape is then another than the sensor's.
DARK, OTHER_SHAPE = 12, 0.02
# libvips looks for bars in squares of 3 by 3 pixels.
TRIM_WINDOW = 3
NOT_WHOLE = (
    "The RAW file is not whole: it ends before its sensor's pixels do. Its preview is shown; upload the file again."
)
HEAD_BYTES = 16

# The readers of the structures in which previews are found by few and small reads.
READERS: dict[Structure, Callable[[BinaryIO], Embedded | None]] = {
    Structure.RAF: fujifilm.read,
    Structure.CR3: canon.read,
    Structure.TIFF: tiff_based.read,
}


def find(photo: BinaryIO) -> Embedded | None:
    """Find the previews that the file names, by few and small reads; None where its structure is of no such kind."""
    photo.seek(0)
    read = READERS.get(identify(photo.read(HEAD_BYTES)).structure)
    return read(photo) if read else None


def decode(photo: BinaryIO, embedded: Embedded, longest: int, share: float = SHARE) -> Decoded | None:
    """Decode the photo from its largest preview. Returns None where that has less than `share` of the needed side."""
    bounds.check(embedded.width, embedded.height)
    length = photo.seek(0, io.SEEK_END)
    reason = NOT_WHOLE if embedded.share(length) < 1 else None
    for span in sorted(embedded.previews, key=lambda span: -span.size):
        content = _content(photo, span, length)
        try:
            size = jpeg.size(content)
            if max(size) < share * min(longest, max(embedded.width, embedded.height) or longest):
                return None  # the others are smaller
            return replace(_shown(content, _Frame.of(embedded, size), longest), partial_reason=reason)
        except PhotoError:
            continue
    return None


def _content(photo: BinaryIO, span: ByteRange, length: int) -> bytes:
    if span.end > length or span.size > MOST_BYTES:
        return b""
    photo.seek(span.at)
    return photo.read(span.size)


@dataclass(frozen=True)
class _Frame:
    """Describe how a preview is shown: the photo's size before any turn, EXIF's orientation, the profile."""

    width: int
    height: int
    orientation: int
    profile: bytes | None

    @staticmethod
    def of(embedded: Embedded, preview: tuple[int, int]) -> "_Frame":
        sensor = embedded.width, embedded.height
        orientation = embedded.orientation
        if orientation in EXIF_SIDEWAYS and _lies(preview) != _lies(sensor):
            # Some cameras write a preview that is upright already.
            sensor, orientation = sensor[::-1], 1
        alike = all(abs(one - other) <= NEARLY * other for one, other in zip(preview, sensor, strict=True))
        width, height = preview if alike or not all(sensor) else sensor
        return _Frame(width, height, orientation, ADOBE_RGB if embedded.adobe_rgb else None)


def _shown(content: bytes, frame: _Frame, longest: int) -> Decoded:
    by_itself = not frame.orientation
    shown = jpeg.decode_content(content, longest, upright=by_itself, otherwise_in=frame.profile)
    if shown.partial_reason:
        raise faults.broken()  # another preview, or the sensor's own pixels, may be whole
    size = frame.width, frame.height
    if by_itself and _lies((shown.width, shown.height)) != _lies(size):
        size = size[::-1]
    pixels = vips.oriented(_without_bars(shown.pixels, size), frame.orientation)
    if frame.orientation in EXIF_SIDEWAYS:
        size = size[::-1]
    return Decoded(pixels, *size, source="preview", format=RAW.name)


def _lies(size: tuple[int, int]) -> bool:
    return size[0] >= size[1]


def _without_bars(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Cut off the black bars by which a camera fits its photo into a preview of another shape."""
    wanted = size[0] / size[1]
    too_small = min(pixels.width, pixels.height) < TRIM_WINDOW
    if too_small or abs(pixels.width / pixels.height / wanted - 1) <= OTHER_SHAPE:
        return pixels
    left, top, width, height = pixels.find_trim(threshold=DARK, background=[0, 0, 0])
    bars_alone = width and height and abs(width / height / wanted - 1) <= OTHER_SHAPE
    return pixels.crop(left, top, width, height).copy_memory() if bars_alone else pixels
