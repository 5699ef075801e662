"""Decodes by libvips: WebP, GIF (the first frame), and the JPEGs and PNGs that their own decoders leave to it."""

from collections.abc import Callable
from dataclasses import replace

from function.imaging import bounds, gaps, vips
from function.imaging.decoded import EXIF_SIDEWAYS, Decoded, Decoder, fitted
from function.imaging.formats import gif_blocks, webp_header
from function.values.rendering import HEADROOM

# The scales that JPEG's inverse transform does by itself; the eighths between them cost more than they save.
JPEG_SHRINKS = (8, 4, 2)

# Decoders that hold all pixels at once, as those of interlaced files do.
HELD = ("gif",)

# Checks for damage that decoders hide.
DAMAGES: dict[str, Callable[[bytes], bool]] = {"gif": gif_blocks.is_damaged, "webp": webp_header.has_gap}

# Ask a loader for fewer than all pixels, by the ratio of the photo's side to the side that is needed.
Options = Callable[[float], dict[str, float]]


def jpeg_shrink(ratio: float) -> int:
    """Return by how much a JPEG may shrink while it is decoded: 1, 2, 4 or 8 times."""
    return next((shrink for shrink in JPEG_SHRINKS if shrink * HEADROOM <= ratio), 1)


def _jpeg(ratio: float) -> dict[str, float]:
    return {"shrink": jpeg_shrink(ratio)}


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
}


def decoder(image_format: str) -> Decoder:
    """Return the decoder of one of these formats."""
    return lambda photo, longest: decode(image_format, photo.read(), longest)


def decode(
    image_format: str, content: bytes, longest: int, *, upright: bool = True, fail_on: str = "truncated"
) -> Decoded:
    """Decode the image, large enough for the longest side; with `upright`, turned by its own orientation."""
    if image_format == "webp":
        webp_header.check(content)
    loader, options = LOADERS[image_format]
    header = vips.load(loader, content)
    is_held = image_format in HELD or header.get_typeof("interlaced")
    bounds.check(header.width, header.height, bounds.MOST_HELD_PIXELS if is_held else bounds.MOST_PIXELS)
    width, height = _upright_size(header, upright=upright)
    # However long a strip is, a row of it is left.
    ratio = min(max(width, height) / min(longest, max(width, height)), width, height)
    image = vips.load(loader, content, fail_on, **options(ratio))
    decoded = shown(image, header, longest, upright=upright)
    is_damaged = DAMAGES.get(image_format)
    return replace(decoded, partial_reason=gaps.DAMAGED) if is_damaged and is_damaged(content) else decoded


def shown(image: vips.Image, header: vips.Image, longest: int, *, upright: bool = True) -> Decoded:
    """Bring the image to the size that serves; the header has the photo's size."""
    width, height = _upright_size(header, upright=upright)
    return Decoded(vips.thumbnail(image, *fitted(width, height, longest), upright=upright), width, height)


def _upright_size(header: vips.Image, *, upright: bool) -> tuple[int, int]:
    if upright and header.get_typeof("orientation") and header.get("orientation") in EXIF_SIDEWAYS:
        return header.height, header.width
    return header.width, header.height
