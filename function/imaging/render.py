"""The way from bytes to renditions: sniff, decode once, and derive each smaller size from the one before."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import BinaryIO

from function.contract.recipe import Recipe, RenditionSpec
from function.imaging import formats, vips
from function.imaging.decoded import Decoded, Pixels, fitted
from function.imaging.encode import encode
from function.imaging.sniff import HEAD_BYTES, sniff
from function.imaging.summary import summarize
from function.values.rendering import Rendering

ENCODERS_AT_ONCE = 2


def render(photo: BinaryIO, recipe: Recipe) -> Rendering:
    """Make the recipe's renditions of a photo, read from a binary file that can be sought in.

    Raises EmptyFileError, UnsupportedFormatError, TooLargeError or BrokenImageError, whose messages are for its owner.
    """
    photo.seek(0)
    image_format = sniff(photo.read(HEAD_BYTES))
    photo.seek(0)
    decoded = formats.decode(image_format, photo, max(spec.size for spec in recipe))
    with ThreadPoolExecutor(ENCODERS_AT_ONCE) as encoders:
        # While one is encoded, the next is derived from it.
        sizes, running = [], []
        for pixels, spec in _sizes(decoded, recipe):
            sizes.append(pixels)
            running.append(encoders.submit(encode, pixels, spec))
        summary = summarize(sizes[-1])
        renditions = tuple(encoded.result() for encoded in running)
    return Rendering(
        format=decoded.format or image_format,
        width=decoded.width,
        height=decoded.height,
        source=decoded.source,
        renditions=renditions,
        partial_reason=decoded.partial_reason,
        **asdict(summary),
    )


def _sizes(decoded: Decoded, recipe: Recipe) -> Iterator[tuple[Pixels, RenditionSpec]]:
    pixels = decoded.pixels
    for spec in sorted(recipe, key=lambda spec: -spec.size):
        width, height = fitted(decoded.width, decoded.height, spec.size)
        if max(pixels.width, pixels.height) >= max(width, height):
            pixels = vips.resized(pixels, width, height)
        yield pixels, spec
