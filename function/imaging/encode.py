"""Renditions as bytes: no metadata, and no more work than their size is worth."""

from typing import Any

from function.contract import RenditionSpec
from function.imaging.vips import Image
from function.values import RenderedImage

CONTENT_TYPES = {"jpeg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}
# libvips keeps all metadata unless it is told not to. Huffman tables are not optimised: a twentieth smaller is
# not worth a third of the time.
OPTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "jpeg": ("jpegsave_buffer", {"optimize_coding": False}),
    "webp": ("webpsave_buffer", {"effort": 2}),
    "avif": ("heifsave_buffer", {"compression": "av1", "effort": 2}),
}


def encode(pixels: Image, spec: RenditionSpec) -> RenderedImage:
    """One rendition of the pixels, in the format and quality that the recipe asks for."""
    saver, options = OPTIONS[spec.format]
    content = getattr(pixels, saver)(Q=spec.quality, keep="none", **options)
    return RenderedImage(spec, pixels.width, pixels.height, CONTENT_TYPES[spec.format], content)
