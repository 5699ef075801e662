"""The way from bytes to renditions: sniff, decode once, and derive each smaller size from the one before."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import BinaryIO

from function.contract import Recipe, RenditionSpec
from function.imaging import formats, vips
from function.imaging.decoded import Decoded, Pixels, fitted
from function.imaging.encode import encode
from function.imaging.sniff import HEAD_BYTES, sniff
from function.imaging.summary import summarize
from function.values import RenderedImage, Rendering

ENCODERS_AT_ONCE = 2
Start = Callable[[Pixels, RenditionSpec], "Future[RenderedImage]"]


@dataclass(frozen=True)
class _Size:
    """One size of the recipe: its pixels, and the encoding of them, which may be that of a larger size."""

    spec: RenditionSpec
    pixels: Pixels
    encoded_as: RenditionSpec
    encoding: "Future[RenderedImage]"


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
        sizes = list(_sizes(decoded, recipe, lambda pixels, spec: encoders.submit(encode, pixels, spec)))
        summary = summarize(sizes[-1].pixels)
        renditions = tuple(map(_rendition, sizes))
    return Rendering(
        format=decoded.format or image_format,
        width=decoded.width,
        height=decoded.height,
        source=decoded.source,
        renditions=renditions,
        partial_reason=decoded.partial_reason,
        **asdict(summary),
    )


def _sizes(decoded: Decoded, recipe: Recipe, start: Start) -> Iterator[_Size]:
    """Yield the sizes of the recipe, largest first; the encoding of each that no larger one serves for is started."""
    pixels = decoded.pixels
    started: list[_Size] = []
    for spec in sorted(recipe, key=lambda spec: -spec.size):
        width, height = fitted(decoded.width, decoded.height, spec.size)
        if max(pixels.width, pixels.height) >= max(width, height):
            pixels = vips.resized(pixels, width, height)
        larger = next((size for size in reversed(started) if _serves(size, spec)), None)
        if larger:
            yield replace(larger, spec=spec)
        else:
            started.append(_Size(spec, pixels, spec, start(pixels, spec)))
            yield started[-1]


def _serves(larger: _Size, spec: RenditionSpec) -> bool:
    """Tell whether a larger rendition is no larger, in pixels, than this one may be."""
    return larger.spec.format == spec.format and max(larger.pixels.width, larger.pixels.height) <= spec.size


def _rendition(size: _Size) -> RenderedImage:
    image = size.encoding.result()
    return image if size.spec is size.encoded_as else replace(image, spec=size.spec, same_as=size.encoded_as)
