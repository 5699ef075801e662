"""Of a TIFF with several pages the picture in full is shown, whether or not its thumbnail is marked as one."""

import io

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray

from tests.function.imaging.scenes import difference, scene, shown

SCENE = scene()


def written(*pages: NDArray[np.uint8]) -> bytes:
    """A TIFF of these pages, none of which is marked as reduced."""
    file = io.BytesIO()
    with tifffile.TiffWriter(file) as tiff:
        for page in pages:
            tiff.write(page, photometric="rgb")
    return file.getvalue()


@pytest.mark.parametrize("step", [3, 4, 8])
def test_an_unmarked_thumbnail_is_not_shown_for_the_whole(step: int) -> None:
    rendering = shown(written(np.ascontiguousarray(SCENE[::step, ::step]), SCENE))
    assert (rendering.width, rendering.height) == (SCENE.shape[1], SCENE.shape[0])
    assert difference(rendering, SCENE) < 3


def test_the_first_of_pages_of_other_shapes_or_alike_in_size_is_shown() -> None:
    small = np.ascontiguousarray(SCENE[::4, ::4])
    for other in (SCENE[:, : SCENE.shape[1] // 2], SCENE[::2, ::2], SCENE[::5, ::5]):
        rendering = shown(written(small, np.ascontiguousarray(other)))
        assert (rendering.width, rendering.height) == (small.shape[1], small.shape[0])
