"""What claims to be larger than any photo is refused by its header: within a second and 300 MB, pixels included."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from function.contract.recipe import RenditionSpec
from function.errors import PhotoError, TooLargeError
from function.sandbox.process import Limits, Sandbox
from function.sandbox.tasks import RENDER
from tests.support.bombs import BOMBS
from tests.support.pictures import encoded, quarters

RECIPE = (RenditionSpec(64),)
# The most that WebP can hold.
CLAIMED = {"webp": "16383 x 16383"}
DECODERS = ("raw", "libvips", "pillow", "jpeg", "png", "tiff")


@pytest.fixture(scope="module")
def bounded() -> Iterator[Sandbox]:
    """A sandbox whose limits are the promise: a photo that needs more is refused with other words than these."""
    made = Sandbox(
        Limits(seconds=1, memory=300 << 20), (RENDER.name, *map("function.imaging.formats.{}".format, DECODERS))
    )
    made.start()
    whole = encoded(Image.fromarray(quarters()), "JPEG")
    for _ in range(20):  # its imports are no part of the promise
        try:
            made.call(RENDER, whole, RECIPE)
            break
        except PhotoError:
            continue
    yield made
    made.close()


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_by_its_header(bounded: Sandbox, kind: str) -> None:
    with pytest.raises(TooLargeError, match=CLAIMED.get(kind, "60000 x 60000")):
        bounded.call(RENDER, io.BytesIO(BOMBS[kind](60_000, 60_000)), RECIPE)
