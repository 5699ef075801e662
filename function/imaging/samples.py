"""Converts samples of any depth, with alpha, in any colours, into 8-bit sRGB pixels."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyvips
from numpy.typing import NDArray

from function.imaging import codings, faults, vips
from function.imaging.codings import Coding

GREY_BANDS, COLOUR_BANDS = 1, 3
# By the kind of number: libvips's names of grey and of colours.
SPACES = {"uchar": ("b-w", "srgb"), "ushort": ("grey16", "rgb16"), "float": ("b-w", "scrgb")}


class Alpha(StrEnum):
    """Name the meaning of the last band, where it is transparency: colours are multiplied by it already, or not."""

    NONE = "none"
    STRAIGHT = "straight"
    PREMULTIPLIED = "premultiplied"


@dataclass(frozen=True)
class Samples:
    """Hold an image of grey or red, green and blue, and perhaps alpha; its samples are uchar, ushort or float.

    Of the colours, the ICC profile counts, else the coding, else they are sRGB's.
    """

    image: vips.Image
    alpha: Alpha = Alpha.NONE
    icc_profile: bytes | None = None
    coding: Coding | None = None


def from_array(pixels: NDArray[np.generic]) -> vips.Image:
    """Make an image of rows, columns and bands of uint8, uint16 or float32."""
    return pyvips.Image.new_from_array(np.ascontiguousarray(pixels))


def to_srgb(samples: Samples, width: int, height: int) -> vips.Image:
    """Convert the image to 8-bit sRGB without transparency, at this size, in memory. Raises BrokenImageError."""
    try:
        image, alpha = _parted(samples, width, height)
        colours = _colours(image, samples)
        if alpha is not None:
            colours = colours.bandjoin(alpha).flatten(background=vips.WHITE[: colours.bands])
        return vips.in_memory(colours)
    except pyvips.Error as error:
        raise faults.broken() from error


def _parted(samples: Samples, width: int, height: int) -> tuple[vips.Image, vips.Image | None]:
    """Part colours and alpha, at this size; alpha as uchar."""
    image, top = samples.image, _top(samples.image)
    if samples.alpha == Alpha.NONE:
        return vips.resized(image, width, height), None
    straight = image.premultiply(max_alpha=top) if samples.alpha == Alpha.STRAIGHT else image
    small = vips.resized(straight, width, height).unpremultiply(max_alpha=top).copy_memory()
    colours, alpha = small.extract_band(0, n=small.bands - 1), small.extract_band(small.bands - 1)
    return colours.cast(image.format), (alpha * (255 / top)).cast("uchar")


def _top(image: vips.Image) -> float:
    return {"uchar": 255, "ushort": 65535}.get(image.format, 1.0)


def _colours(image: vips.Image, samples: Samples) -> vips.Image:
    coding = samples.coding
    is_colour = image.bands >= COLOUR_BANDS
    image = image.copy(interpretation=SPACES[image.format][is_colour])
    if samples.icc_profile and not (coding and coding.is_hdr):
        profiled = image if image.format != "float" else (image * 65535).cast("ushort")
        profiled = profiled.copy(interpretation=SPACES[profiled.format][is_colour])
        profiled.set_type(pyvips.GValue.blob_type, vips.PROFILE, samples.icc_profile)
        # Of sixteen bits, the transform gives sixteen again.
        return profiled.icc_transform(vips.SRGB, embedded=True, depth=8).colourspace(vips.SRGB).cast("uchar")
    if image.format == "float" or (coding and not coding.is_srgb):
        converted = codings.to_srgb(image.numpy().reshape(image.height, image.width, image.bands), coding or Coding())
        return from_array(converted).copy(interpretation=SPACES["uchar"][is_colour])
    if image.format == "ushort":
        return image.msb().copy(interpretation=SPACES["uchar"][is_colour])
    return image
