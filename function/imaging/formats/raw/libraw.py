"""Decodes RAW files by LibRaw: a preview that it knows of, else the sensor's pixels, at half size where that serves."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import rawpy

from function.errors import BrokenImageError, NotRawError, PhotoError
from function.files.formats import RAW
from function.imaging import bounds, vips
from function.imaging.decoded import Decoded, fitted
from function.imaging.formats import jpeg
from function.imaging.formats.raw import preview

# LibRaw's flips, as the turns that libvips makes.
TURNS_BY_FLIP = {3: "d180", 5: "d270", 6: "d90"}
SIDEWAYS_FLIPS = (5, 6)
# sRGB's power, and its slope where it is dark.
SRGB_CURVE = (2.4, 12.92)
BROKEN = "The RAW file is broken or not whole: its pixels cannot be decoded. Upload the file again."
UNKNOWN = "The RAW file is of a camera that is not known, or it is broken. Convert it to DNG, or upload the file again."
SHOWN_SMALL = "Only the small preview within the RAW file can be read; its own pixels are broken or not whole."


def decode(photo: BinaryIO, longest: int, exposure: float | None = None) -> Decoded:
    """Decode the photo, upright by the RAW's own orientation; lightened by `exposure`, else as its histogram allows."""
    with _opened(photo) as raw:
        width, height = _upright(raw)
        bounds.check(width, height)
        wanted = preview.SHARE * min(longest, max(width, height))
        shown = _preview(raw, longest)
        if shown and max(shown.width, shown.height) >= wanted:
            return Decoded(shown, width, height, "preview", format=RAW.name)
        try:
            return Decoded(*_sensor(raw, longest, (width, height), exposure), format=RAW.name)
        except BrokenImageError:
            if not shown:
                raise
            return Decoded(shown, width, height, "preview", SHOWN_SMALL, RAW.name)


@contextmanager
def _opened(photo: BinaryIO) -> Iterator["rawpy.RawPy"]:
    photo.seek(0)
    try:
        raw = rawpy.imread(photo)
    except rawpy.LibRawFileUnsupportedError as error:
        raise NotRawError(UNKNOWN) from error
    except rawpy.LibRawError as error:
        raise _broken() from error
    with raw:
        yield raw


def _upright(raw: "rawpy.RawPy") -> tuple[int, int]:
    sizes = raw.sizes
    width, height = sizes.width, sizes.height
    return (height, width) if sizes.flip in SIDEWAYS_FLIPS else (width, height)


def _preview(raw: "rawpy.RawPy", longest: int) -> vips.Image | None:
    try:
        thumb = raw.extract_thumb()
        if not isinstance(thumb.data, bytes):
            rows, columns, bands = thumb.data.shape
            image = vips.from_pixels(thumb.data.tobytes(), columns, rows, bands)
        else:
            # The RAW's own orientation counts: whether a camera gives its preview one too differs.
            decoded = jpeg.decode_content(thumb.data, longest, upright=False)
            if decoded.partial_reason:
                return None
            image = decoded.pixels
    except (rawpy.LibRawError, PhotoError):
        return None
    turn = TURNS_BY_FLIP.get(raw.sizes.flip)
    return image.rot(turn).copy_memory() if turn else image


def _sensor(
    raw: "rawpy.RawPy", longest: int, size: tuple[int, int], exposure: float | None
) -> tuple[vips.Image, int, int, str]:
    """Decode the sensor's pixels. Returns them with the photo's size, and whether they are half or all of it."""
    # Four pixels of the mosaic make one without any guess: where that leaves enough, it is the best there is.
    halved = max(size) // 2 >= min(longest, max(size))
    try:
        pixels = raw.postprocess(half_size=halved, use_camera_wb=True, **_brightness(exposure))
    except rawpy.LibRawError as error:
        raise _broken() from error
    rows, columns, bands = pixels.shape
    image = vips.from_pixels(pixels.data, columns, rows, bands)
    return vips.resized(image, *fitted(columns, rows, longest)), *size, "half" if halved else "full"


def _brightness(exposure: float | None) -> dict[str, Any]:
    if exposure is None:
        return {}
    # Without a threshold, white is what the file says and not the brightest pixel.
    return {"no_auto_bright": True, "bright": exposure, "gamma": SRGB_CURVE, "adjust_maximum_thr": 0.0}


def _broken() -> BrokenImageError:
    return BrokenImageError(BROKEN)
