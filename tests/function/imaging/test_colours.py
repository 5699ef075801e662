"""Colours come out as they were meant, whatever space, depth and transparency they were written in."""

import io

import numpy as np
import pillow_heif
import pytest
import pyvips
from PIL import Image, ImageCms

from function.contract.recipe import RenditionSpec
from function.imaging.profiles import ADOBE_RGB
from function.imaging.render import render
from tests.support.pictures import CORNERS, Make, corners, distance, encoded, quarters

RECIPE = (RenditionSpec(64, 95),)
CLOSE = 6.0


def rgb() -> Image.Image:
    return Image.fromarray(quarters())


def vips(pixels: np.ndarray, interpretation: str) -> pyvips.Image:
    return pyvips.Image.new_from_array(pixels).copy(interpretation=interpretation)


def in_p3() -> tuple[Image.Image, bytes]:
    """The corners in the numbers of Display P3, and its profile."""
    wide = vips(quarters(), "srgb").icc_transform("p3", input_profile="srgb", depth=8)
    return Image.fromarray(wide.numpy()), wide.get("icc-profile-data")


def wide(kind: str) -> Make:
    def make() -> io.BytesIO:
        image, profile = in_p3()
        return encoded(image, kind, icc_profile=profile, quality=95)

    return make


def deep() -> np.ndarray:
    return quarters().astype(np.uint16) * 257


def deep_png() -> io.BytesIO:
    return io.BytesIO(vips(deep(), "rgb16").pngsave_buffer())


def deep_tiff(**options: object) -> Make:
    return lambda: io.BytesIO(vips(deep(), "rgb16").tiffsave_buffer(**options))


def deep_heif() -> io.BytesIO:
    file = io.BytesIO()
    pillow_heif.from_bytes("RGB;16", (96, 64), deep().tobytes()).save(file, quality=95)
    return file


def deep_avif() -> io.BytesIO:
    return io.BytesIO(vips(deep(), "rgb16").heifsave_buffer(compression="av1", bitdepth=10, Q=95))


def cmyk_tiff() -> io.BytesIO:
    return encoded(rgb().convert("CMYK"), "TIFF")


FILES: dict[str, tuple[Make, float]] = {
    **{f"display p3 in {kind}": (wide(kind), CLOSE) for kind in ("JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF")},
    "cmyk in tiff": (cmyk_tiff, 60.0),
    "sixteen bits in png": (deep_png, CLOSE),
    "sixteen bits in tiff": (deep_tiff(), CLOSE),
    "sixteen bits in tiled tiff": (deep_tiff(tile=True, tile_width=32, tile_height=32, compression="lzw"), CLOSE),
    "ten bits in heif": (deep_heif, CLOSE),
    "ten bits in avif": (deep_avif, CLOSE),
    "a palette": (lambda: encoded(rgb().quantize(8), "PNG"), CLOSE),
    "a palette in tiff": (lambda: encoded(rgb().quantize(8), "TIFF"), CLOSE),
    "an opaque alpha": (lambda: encoded(rgb().convert("RGBA"), "WEBP", quality=95), CLOSE),
}


@pytest.mark.parametrize("name", FILES)
def test_the_corners_have_their_colours(name: str) -> None:
    make, close = FILES[name]
    rendition = render(make(), RECIPE).renditions[0]
    for seen, wanted in zip(corners(rendition.content), CORNERS, strict=True):
        assert distance(seen, wanted) < close


@pytest.mark.parametrize("saver", ["jpegsave_buffer", "tiffsave_buffer"])
def test_what_can_be_printed_comes_back_from_ink(saver: str) -> None:
    pale = (quarters() * 0.3 + 130).astype(np.uint8)
    ink = vips(pale, "srgb").icc_transform("cmyk", input_profile="srgb", depth=8)
    seen = corners(render(io.BytesIO(getattr(ink, saver)(Q=95)), RECIPE).renditions[0].content)
    assert max(map(distance, seen, corners(encoded(Image.fromarray(pale), "PNG").getvalue()))) < CLOSE


def test_wide_colours_would_be_wrong_without_their_profile() -> None:
    rendition = render(encoded(in_p3()[0], "PNG"), RECIPE).renditions[0]
    assert max(map(distance, corners(rendition.content), CORNERS)) > CLOSE


@pytest.mark.parametrize("mode", ["L", "LA", "I;16", "1"])
def test_grey_stays_grey(mode: str) -> None:
    ramp = Image.fromarray(np.tile(np.array([0, 255], np.uint8).repeat(48), (64, 1)))
    image = Image.fromarray(np.asarray(ramp).astype(np.uint16) * 257) if mode == "I;16" else ramp.convert(mode)
    left_top, right_top, left, right = corners(render(encoded(image, "PNG"), RECIPE).renditions[0].content)
    assert max(map(distance, (left_top, right_top, left, right), [(0, 0, 0), (255, 255, 255)] * 2)) < 3


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_what_is_half_transparent_is_half_white(kind: str) -> None:
    image = rgb().convert("RGBA")
    image.putalpha(128)
    seen = corners(render(encoded(image, kind, quality=95, lossless=True), RECIPE).renditions[0].content)
    wanted = [tuple(round(value * 128 / 255 + 127) for value in colour) for colour in CORNERS]
    assert max(map(distance, seen, wanted)) < CLOSE


def test_the_profile_made_here_is_adobes() -> None:
    # The greenest green of sRGB in Adobe RGB's numbers, as colour tables have it.
    green = Image.new("RGB", (8, 8), (144, 255, 60))
    profile = ImageCms.ImageCmsProfile(io.BytesIO(ADOBE_RGB))
    found = ImageCms.profileToProfile(green, profile, ImageCms.createProfile("sRGB"))
    assert found
    assert distance(found.getpixel((4, 4)), (0, 255, 0)) < 2  # type: ignore[arg-type]


def test_only_the_first_frame_or_page_is_shown() -> None:
    red, green = (Image.new("RGB", (64, 48), colour) for colour in ("red", "lime"))
    for kind in ("GIF", "WEBP", "PNG", "TIFF", "AVIF"):
        moving = encoded(red, kind, save_all=True, append_images=[green])
        rendering = render(moving, RECIPE)
        assert (rendering.width, rendering.height) == (64, 48), kind
        assert distance(corners(rendering.renditions[0].content)[0], (255, 0, 0)) < CLOSE, kind
