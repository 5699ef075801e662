"""What libvips decodes by itself: PNG, WebP, GIF (the first frame), TIFF (the first page), and odd JPEGs."""

from collections.abc import Callable

from function.imaging import bounds, vips
from function.imaging.decoded import HEADROOM, SIDEWAYS, Decoded, Decoder, fitted
from function.imaging.formats import webp_header

JPEG_SHRINKS = (8, 4, 2)

# Decoders that hold all pixels at once, as those of interlaced files do.
HELD = ("gif",)

# How a decoder is asked for less than all pixels, by the ratio of what there is to what is needed.
Options = Callable[[float], dict[str, float]]


def _jpeg(ratio: float) -> dict[str, float]:
    return {"shrink": next((shrink for shrink in JPEG_SHRINKS if shrink * HEADROOM <= ratio), 1)}


def _webp(ratio: float) -> dict[str, float]:
    return {"scale": min(1.0, HEADROOM / ratio)}


def _whole(_ratio: float) -> dict[str, float]:
    return {}


LOADERS: dict[str, tuple[str, Options]] = {
    "jpeg": ("jpegload_source", _jpeg),
    "png": ("pngload_source", _whole),
    "webp": ("webpload_source", _webp),
    "gif": ("gifload_source", _whole),
    "tiff": ("tiffload_source", _whole),
}


def decoder(image_format: str) -> Decoder:
    """The decoder of one of these formats."""
    return lambda photo, longest: decode(image_format, photo.read(), longest)


def decode(image_format: str, content: bytes, longest: int, *, upright: bool = True) -> Decoded:
    """The image, large enough for the longest side; upright by its own orientation, unless that does not count."""
    if image_format == "webp":
        webp_header.check(content)
    loader, options = LOADERS[image_format]
    header = vips.load(loader, content)
    is_held = image_format in HELD or header.get_typeof("interlaced")
    bounds.check(header.width, header.height, bounds.MOST_HELD_PIXELS if is_held else bounds.MOST_PIXELS)
    width, height = header.width, header.height
    if upright and header.get_typeof("orientation") and header.get("orientation") in SIDEWAYS:
        width, height = height, width
    target = fitted(width, height, longest)
    image = vips.load(loader, content, **options(max(width, height) / max(target)))
    return Decoded(vips.thumbnail(image, *target, upright=upright), width, height)
