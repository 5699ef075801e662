"""RAW files, by LibRaw: the embedded preview where it serves, else the sensor's pixels at half size."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import rawpy

from function.errors import BrokenImageError, NotRawError, PhotoError
from function.imaging import bounds, vips
from function.imaging.decoded import Decoded, fitted
from function.imaging.formats import jpeg

FORMAT = "raw"
# A preview serves the largest rendition when it has at least this share of the rendition's longest side.
PREVIEW_SHARE = 0.9
# LibRaw's flips, as the turns that libvips makes.
TURNS = {3: "d180", 5: "d270", 6: "d90"}
SIDEWAYS = (5, 6)
SHOWN_SMALL = "Only the small preview within the RAW file can be read; its own pixels are broken or not whole."


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """The photo, upright by the RAW's own orientation."""
    with _opened(photo) as raw:
        width, height = _upright(raw)
        bounds.check(width, height)
        wanted = PREVIEW_SHARE * min(longest, max(width, height))
        preview = _preview(raw, longest)
        if preview and max(preview.width, preview.height) >= wanted:
            return Decoded(preview, width, height, "preview", format=FORMAT)
        try:
            return Decoded(_half(raw, longest), width, height, "half", format=FORMAT)
        except BrokenImageError:
            if not preview:
                raise
            return Decoded(preview, width, height, "preview", SHOWN_SMALL, FORMAT)


@contextmanager
def _opened(photo: BinaryIO) -> Iterator["rawpy.RawPy"]:
    try:
        raw = rawpy.imread(photo)
    except rawpy.LibRawFileUnsupportedError as error:
        raise NotRawError("The RAW file is of a camera that LibRaw does not know, or it is broken.") from error
    except rawpy.LibRawError as error:
        raise _broken(error) from error
    with raw:
        yield raw


def _upright(raw: "rawpy.RawPy") -> tuple[int, int]:
    sizes = raw.sizes
    width, height = sizes.width, sizes.height
    return (height, width) if sizes.flip in SIDEWAYS else (width, height)


def _preview(raw: "rawpy.RawPy", longest: int) -> vips.Image | None:
    try:
        thumb = raw.extract_thumb()
        if not isinstance(thumb.data, bytes):
            rows, columns, bands = thumb.data.shape
            image = vips.from_pixels(thumb.data.tobytes(), columns, rows, bands)
        else:
            # The RAW's own orientation counts: whether a camera gives its preview one too differs.
            image = jpeg.decode_content(thumb.data, longest, upright=False).pixels
    except (rawpy.LibRawError, PhotoError):
        return None
    turn = TURNS.get(raw.sizes.flip)
    return image.rot(turn).copy_memory() if turn else image


def _half(raw: "rawpy.RawPy", longest: int) -> vips.Image:
    try:
        pixels = raw.postprocess(half_size=True, use_camera_wb=True)
    except rawpy.LibRawError as error:
        raise _broken(error) from error
    rows, columns, bands = pixels.shape
    image = vips.from_pixels(pixels.tobytes(), columns, rows, bands)
    return vips.resized(image, *fitted(columns, rows, longest))


def _broken(error: Exception) -> BrokenImageError:
    reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
    return BrokenImageError(f"The RAW file is broken or not whole: {reason}. Upload it again from where it came.")
