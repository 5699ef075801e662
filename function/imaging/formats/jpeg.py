"""Decodes JPEG by libjpeg-turbo, at a half, a quarter or an eighth of the size where that serves."""

from dataclasses import replace
from typing import BinaryIO

import simplejpeg

from function.errors import BrokenImageError
from function.imaging import bounds, faults, filler, vips
from function.imaging.decoded import Decoded, fitted
from function.imaging.formats import jpeg_scans, libvips

CMYK = "cmyk"
# Kinds of frames that libjpeg does not decode, by their markers, and the samples' bits that it decodes.
OTHER_FRAMES = {
    **dict.fromkeys((0xC3, 0xCB), "lossless JPEG"),
    **dict.fromkeys((0xC5, 0xC6, 0xC7, 0xCD, 0xCE, 0xCF), "hierarchical JPEG"),
    jpeg_scans.JPEG_LS: "JPEG-LS picture",
}
BITS = 8


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """Decode the photo, upright by its EXIF orientation."""
    return decode_content(photo.read(), longest)


def size(content: bytes) -> tuple[int, int]:
    """Return width and height in pixels from the file's header, before any turn. Raises BrokenImageError."""
    header = vips.load("jpegload_source", content)
    return header.width, header.height


def decode_content(content: bytes, longest: int, *, upright: bool = True, otherwise_in: bytes | None = None) -> Decoded:
    """Decode the photo in these bytes; with `upright` False, its own orientation does not count.

    `otherwise_in` is the ICC profile of a photo that carries none and says nothing of its colours.
    """
    _check_kind(content)
    header = vips.load("jpegload_source", content)
    bounds.check(header.width, header.height)
    try:
        if header.interpretation == CMYK:
            shown = libvips.decode("jpeg", content, longest, upright=upright, fail_on="warning")
        else:
            shown = _strictly(content, header, longest, otherwise_in, upright=upright)
    except ValueError as error:
        return _tolerantly(content, longest, str(error), upright=upright)
    except BrokenImageError as error:
        return _tolerantly(content, longest, str(error.__cause__), upright=upright)
    return replace(shown, partial_reason=jpeg_scans.incomplete(content))


def _strictly(
    content: bytes, header: vips.Image, longest: int, otherwise_in: bytes | None, *, upright: bool
) -> Decoded:
    """Decode a photo to which the decoder has no objection. Raises ValueError with libjpeg's warning."""
    target = fitted(header.width, header.height, longest)
    lying = vips.resized(_scaled(content, header, target, otherwise_in), *target)
    pixels = vips.upright(lying, header) if upright else lying
    turned = (pixels.width, pixels.height) != target
    width, height = (header.height, header.width) if turned else (header.width, header.height)
    return Decoded(pixels, width, height)


def _tolerantly(content: bytes, longest: int, warning: str, *, upright: bool) -> Decoded:
    """Decode the photo as far as possible, with the reason where it is not whole: oddities of cameras are no reason."""
    shown = libvips.decode("jpeg", content, longest, upright=upright, fail_on="none")
    reason = jpeg_scans.damage(warning, content) or jpeg_scans.damage(_second_opinion(content, longest), content)
    if reason:
        filler.check_shown(shown.pixels)
    return replace(shown, partial_reason=reason or jpeg_scans.incomplete(content))


def _second_opinion(content: bytes, longest: int) -> str:
    """The warning of another decoder: the first one may have stopped at its own limits and not at damage."""
    try:
        libvips.decode("jpeg", content, longest, upright=False, fail_on="warning")
    except BrokenImageError as error:
        return str(error.__cause__)
    return ""


def _scaled(content: bytes, header: vips.Image, target: tuple[int, int], otherwise_in: bytes | None) -> vips.Image:
    shrink = libvips.jpeg_shrink(header.width / target[0])
    pixels = simplejpeg.decode_jpeg(
        content,
        "GRAY" if header.bands == 1 else "RGB",
        min_width=header.width // shrink,
        min_height=header.height // shrink,
        fastdct=False,
    )
    rows, columns, bands = pixels.shape
    return vips.from_pixels(
        pixels.data, columns, rows, bands, vips.profile(header) or vips.profile_by_exif(header) or otherwise_in
    )


def _check_kind(content: bytes) -> None:
    """Check that libjpeg decodes this kind of JPEG. Raises UnsupportedFormatError with the kind's name."""
    kind, bits = jpeg_scans.kind(content)
    if kind in OTHER_FRAMES:
        raise faults.not_drawn(f"a {OTHER_FRAMES[kind]}")
    if bits not in (0, BITS):
        raise faults.not_drawn(f"a JPEG of {bits} bits per sample")
