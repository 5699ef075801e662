"""Decodes PNG: of eight bits by Rust's png crate, in half of libpng's time; all others by libvips."""

from dataclasses import replace
from typing import BinaryIO

from kornia_rs import io as crate

from function.errors import BrokenImageError
from function.imaging import bounds, filler, gaps, samples, vips
from function.imaging.codings import Coding
from function.imaging.decoded import EXIF_SIDEWAYS, Decoded, fitted
from function.imaging.formats import libvips, png_colours
from function.imaging.samples import Alpha, Samples

# Bits and kind of colour, which stand here in the file, and what the crate calls their pixels.
COLOUR_AT = slice(24, 26)
MODES = {b"\x08\x00": "mono", b"\x08\x02": "rgb", b"\x08\x06": "rgba"}
BANDS = {"mono": 1, "rgb": 3, "rgba": 4}


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """Decode the photo, upright by its orientation; of an animation the first frame."""
    content = photo.read()
    header = vips.load("pngload_source", content)
    bounds.check(header.width, header.height)
    pixels = _whole(content, header)
    if pixels:
        return _shown(pixels, content, header, longest)
    try:
        # Without this, libvips takes a chunk of pixels whose checksum is wrong for a right one.
        return _by_libvips(content, header, longest, "error")
    except BrokenImageError:
        decoded = _by_libvips(content, header, longest, "truncated")
    filler.check_shown(decoded.pixels)
    return replace(decoded, partial_reason=gaps.DAMAGED)


def _by_libvips(content: bytes, header: vips.Image, longest: int, fail_on: str) -> Decoded:
    coding = png_colours.coding(content)
    if coding:
        return _coded(vips.load("pngload_source", content, fail_on), header, coding, longest)
    return libvips.decode("png", content, longest, fail_on=fail_on)


def _shown(image: vips.Image, content: bytes, header: vips.Image, longest: int) -> Decoded:
    coding = png_colours.coding(content)
    return _coded(image, header, coding, longest) if coding else libvips.shown(image, header, longest)


def _coded(image: vips.Image, header: vips.Image, coding: Coding, longest: int) -> Decoded:
    """Bring a photo to the size that serves, its colours coded by numbers and not by a profile."""
    alpha = Alpha.STRAIGHT if header.hasalpha() else Alpha.NONE
    target = fitted(header.width, header.height, longest)
    pixels = vips.upright(samples.to_srgb(Samples(image, alpha, None, coding), *target), header)
    is_turned = header.get_typeof(vips.ORIENTATION) and header.get(vips.ORIENTATION) in EXIF_SIDEWAYS
    size = (header.height, header.width) if is_turned else (header.width, header.height)
    return Decoded(pixels, *size)


def _whole(content: bytes, header: vips.Image) -> vips.Image | None:
    """Decode all pixels, where the crate takes them as they are and memory holds them."""
    mode = MODES.get(content[COLOUR_AT])
    # A colour that stands for transparency is a band more to libvips, and nothing to the crate.
    if not mode or BANDS[mode] != header.bands or header.width * header.height > bounds.MOST_HELD_PIXELS:
        return None
    try:
        pixels = crate.decode_image_png_u8(content, (header.height, header.width), mode)
    except Exception:  # noqa: BLE001 - it raises nothing more exact; libvips tells what is odd from what is broken
        return None
    return vips.like(header, pixels.data)
