"""Holds a photo on its way through the pipeline: each step takes a Work and returns the next one."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from typing import BinaryIO

from function.contract.recipe import Recipe, RenditionSpec
from function.files.formats import UNKNOWN, Format
from function.imaging.decoded import Decoded, Pixels
from function.values.rendering import RenderedImage


@dataclass(frozen=True)
class Size:
    """Hold one size of the photo: its own `pixels`, and the `output` to encode, which may carry a mark."""

    spec: RenditionSpec
    pixels: Pixels
    output: Pixels


@dataclass(frozen=True)
class Encoding:
    """Hold the rendition of one part of the recipe, which `image` may still be working on.

    `size` is encoded: the part's own, or a larger one that serves for it too.
    """

    spec: RenditionSpec
    size: Size
    image: Future[RenderedImage]

    def rendition(self) -> RenderedImage:
        """Wait for the rendition."""
        image = self.image.result()
        return image if image.spec == self.spec else replace(image, spec=self.spec, same_as=image.spec)


@dataclass(frozen=True)
class Summary:
    """Hold a placeholder, base64 of width, height and RGB cells; 64 bits in hexadecimal; and colours as #rrggbb."""

    placeholder: str
    phash: str
    colours: tuple[str, ...]


NOT_DECODED, NOT_SUMMARIZED = Decoded(None, 0, 0), Summary("", "", ())


@dataclass(frozen=True)
class Work:
    """Hold all that the steps have found so far; the fields without a value at the start belong to one step each.

    `photo` is a binary file that can be sought in. `sizes` are largest first, and may be an iterator that derives each
    size when it is asked for. `encoders` work on the `encodings`.
    """

    photo: BinaryIO
    recipe: Recipe
    encoders: Executor
    format: Format = UNKNOWN
    decoded: Decoded = NOT_DECODED
    sizes: Iterable[Size] = ()
    encodings: tuple[Encoding, ...] = ()
    summary: Summary = NOT_SUMMARIZED


Step = Callable[[Work], Work]
