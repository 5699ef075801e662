"""Encodes the sizes as renditions, without metadata, and with no more effort than they are worth: a step."""

from collections.abc import Callable
from dataclasses import replace

from function.imaging.vips import Image
from function.imaging.work import Size, Work
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
    """Start to encode each size, in the format and quality that the recipe asks for."""
    sizes, encoded = [], []
    for size in work.sizes:
        sizes.append(size)
        encoded.append(work.encoders.submit(_rendition, size))
    return replace(work, sizes=tuple(sizes), encoded=tuple(encoded))


def _rendition(size: Size) -> RenderedImage:
    spec, pixels = size.spec, size.output
    content_type, encoder = ENCODERS[spec.format]
    return RenderedImage(spec, pixels.width, pixels.height, content_type, encoder(pixels, spec.quality))
