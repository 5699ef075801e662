"""What libvips decodes by itself: WebP, GIF (the first frame), TIFF (the first page), odd JPEGs and PNGs."""

from collections.abc import Callable
from dataclasses import replace

from function.imaging import bounds, gaps, vips
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
    # libwebp averages areas, down to any size: as good as a filter, but for the last bit of the way.
    return {"scale": 1 / ratio if ratio >= HEADROOM else 1.0}


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


def decode(
    image_format: str, content: bytes, longest: int, *, upright: bool = True, fail_on: str = "truncated"
) -> Decoded:
    """The image, large enough for the longest side; upright by its own orientation, unless that does not count."""
    if image_format == "webp":
        webp_header.check(content)
    loader, options = LOADERS[image_format]
    header = vips.load(loader, content)
    is_held = image_format in HELD or header.get_typeof("interlaced")
    bounds.check(header.width, header.height, bounds.MOST_HELD_PIXELS if is_held else bounds.MOST_PIXELS)
    width, height = _seen(header, upright=upright)
    # However long a strip is, a row of it is left.
    ratio = min(max(width, height) / min(longest, max(width, height)), width, height)
    image = vips.load(loader, content, fail_on, **options(ratio))
    decoded = shown(image, header, longest, upright=upright)
    is_damaged = image_format == "webp" and webp_header.has_gap(content)
    return replace(decoded, partial_reason=gaps.DAMAGED) if is_damaged else decoded


def shown(image: vips.Image, header: vips.Image, longest: int, *, upright: bool = True) -> Decoded:
    """The photo of this header, its image brought to the size that serves."""
    width, height = _seen(header, upright=upright)
    return Decoded(vips.thumbnail(image, *fitted(width, height, longest), upright=upright), width, height)


def _seen(header: vips.Image, *, upright: bool) -> tuple[int, int]:
    if upright and header.get_typeof("orientation") and header.get("orientation") in SIDEWAYS:
        return header.height, header.width
    return header.width, header.height
