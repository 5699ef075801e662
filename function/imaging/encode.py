"""Encodes the sizes as renditions, without metadata: a step of the pipeline."""

from collections.abc import Callable
from dataclasses import replace

from function.contract.recipe import RenditionSpec
from function.imaging.vips import Image
from function.imaging.work import Encoding, Size, Work
from function.values.rendering import RenderedImage

Encoder = Callable[[Image, int], bytes]


def _jpeg(pixels: Image, quality: int) -> bytes:
    # With the standard Huffman tables: optimised ones would be a seventh smaller, for twice the time.
    content: bytes = pixels.jpegsave_buffer(Q=quality, keep="none", subsample_mode="on")
    return content


def _webp(pixels: Image, quality: int) -> bytes:
    content: bytes = pixels.webpsave_buffer(Q=quality, keep="none", effort=2)
    return content


def _avif(pixels: Image, quality: int) -> bytes:
    content: bytes = pixels.heifsave_buffer(Q=quality, keep="none", compression="av1", effort=2)
    return content


# The media type and the encoder of each format of renditions.
ENCODERS: dict[str, tuple[str, Encoder]] = {
    "jpeg": ("image/jpeg", _jpeg),
    "webp": ("image/webp", _webp),
    "avif": ("image/avif", _avif),
}


def encode(work: Work) -> Work:
    """Start to encode each size that no larger rendition serves for, in the recipe's format and quality."""
    sizes: list[Size] = []
    encodings: list[Encoding] = []
    for size in work.sizes:
        sizes.append(size)
        larger = next((other for other in reversed(encodings) if _serves(other.size, size.spec)), None)
        started = larger or Encoding(size.spec, size, work.encoders.submit(encode_size, size))
        encodings.append(replace(started, spec=size.spec))
    return replace(work, sizes=tuple(sizes), encodings=tuple(encodings))


def encode_size(size: Size) -> RenderedImage:
    """Encode one size as a rendition."""
    spec, pixels = size.spec, size.output
    content_type, encoder = ENCODERS[spec.format]
    return RenderedImage(spec, pixels.width, pixels.height, content_type, encoder(pixels, spec.quality))


def _serves(larger: Size, spec: RenditionSpec) -> bool:
    """Return whether a larger rendition is no larger, in pixels, than this one may be."""
    return larger.spec.format == spec.format and max(larger.pixels.width, larger.pixels.height) <= spec.size
