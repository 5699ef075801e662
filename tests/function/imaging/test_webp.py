"""WebP is decoded at the size that serves; where that is nearly its own, in full."""

import io

import numpy as np
import pytest
from PIL import Image

from function.contract.recipe import RenditionSpec
from function.imaging.render import render
from tests.support.pictures import encoded

RECIPE = (RenditionSpec(64, 100), RenditionSpec(32, 100))


def noise(width: int, height: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 255, (height, width), np.uint8))


def brightness(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("L"), np.float64)


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((50, 40), [(50, 40), (32, 26)]),
        ((79, 53), [(64, 43), (32, 21)]),
        ((81, 53), [(64, 42), (32, 21)]),
        ((997, 331), [(64, 21), (32, 11)]),
        ((331, 997), [(21, 64), (11, 32)]),
        ((3000, 2), [(64, 1), (32, 1)]),
    ],
)
def test_whatever_scale_it_is_decoded_at_the_sizes_are_exact(
    size: tuple[int, int], sizes: list[tuple[int, int]]
) -> None:
    rendering = render(encoded(noise(*size), "WEBP", lossless=True), RECIPE)
    assert (rendering.width, rendering.height) == size
    assert [Image.open(io.BytesIO(made.content)).size for made in rendering.renditions] == sizes


def test_the_last_bit_of_the_way_is_a_good_filters() -> None:
    # The finest of detail, which averages would blur.
    photo = noise(78, 52)
    made = Image.open(io.BytesIO(render(encoded(photo, "WEBP", lossless=True), RECIPE).renditions[0].content))
    best = photo.resize(made.size, Image.Resampling.LANCZOS)
    assert np.abs(brightness(made) - brightness(best)).mean() < 2
