"""Defines the result of a format's decoder: upright sRGB pixels, large enough for the largest rendition."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

# EXIF orientations that lay the photo on its side.
EXIF_SIDEWAYS = range(5, 9)

Pixels = Any  # a pyvips.Image, which has no types


@dataclass(frozen=True)
class Decoded:
    """Hold the pixels of a photo, its size in pixels as seen upright, and the source of the pixels."""

    pixels: Pixels
    width: int
    height: int
    source: str = "full"
    partial_reason: str | None = None
    # The format, where the decoder knows better than the first bytes did.
    format: str | None = None


# A decoder takes the photo and the longest side that is needed, in pixels.
Decoder = Callable[[BinaryIO, int], Decoded]


def fitted(width: int, height: int, longest: int) -> tuple[int, int]:
    """Fit a size of width x height into a longest side. Returns a size that is never larger, each side at least 1."""
    scale = min(1.0, longest / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))
