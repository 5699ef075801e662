"""Renditions as bytes: no metadata, and no more work than their size is worth."""

from collections.abc import Callable

from function.contract.recipe import RenditionSpec
from function.imaging.vips import Image
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


# What each format is called on the web, and its encoder.
ENCODERS: dict[str, tuple[str, Encoder]] = {
    "jpeg": ("image/jpeg", _jpeg),
    "webp": ("image/webp", _webp),
    "avif": ("image/avif", _avif),
}


def encode(pixels: Image, spec: RenditionSpec) -> RenderedImage:
    """One rendition of the pixels, in the format and quality that the recipe asks for."""
    content_type, encoder = ENCODERS[spec.format]
    return RenderedImage(spec, pixels.width, pixels.height, content_type, encoder(pixels, spec.quality))
