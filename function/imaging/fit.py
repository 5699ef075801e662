"""Derives each size of the recipe from the larger one before it: a step of the pipeline."""

from collections.abc import Iterator
from dataclasses import replace

from function.imaging import vips
from function.imaging.decoded import fitted
from function.imaging.work import Size, Work


def fit(work: Work) -> Work:
    """Derive the sizes, largest first, each when it is asked for: meanwhile the one before is encoded."""
    return replace(work, sizes=_sizes(work))


def _sizes(work: Work) -> Iterator[Size]:
    pixels = work.decoded.pixels
    for spec in sorted(work.recipe, key=lambda spec: -spec.size):
        width, height = fitted(work.decoded.width, work.decoded.height, spec.size)
        if max(pixels.width, pixels.height) >= max(width, height):
            pixels = vips.resized(pixels, width, height)
        yield Size(spec, pixels, pixels)
