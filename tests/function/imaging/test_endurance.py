"""Two hundred photos of 24 million pixels in one warm process: it neither swells nor leaves anything behind."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from function.contract import RenditionSpec
from function.sandbox.process import Limits, Sandbox
from function.sandbox.tasks import RENDER, Task
from tests.function.pictures import encoded

RECIPE = tuple(RenditionSpec(size) for size in (2048, 1024, 512, 256))
PHOTOS, WARM = 200, 20
# A leak of one rendition a photo, the smallest that there could be, would come to more.
MOST_GROWTH = 16 << 20


def test_memory_does_not_climb_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    pixels = np.random.default_rng(5).integers(0, 255, (40, 60, 3), np.uint8)
    photo = encoded(Image.fromarray(pixels).resize((6000, 4000)), "JPEG", quality=60).getvalue()
    sandbox = Sandbox(Limits(memory=1 << 30))
    held = []
    for _ in range(PHOTOS):
        assert sandbox.call(RENDER, io.BytesIO(photo), RECIPE).width == 6000
        held.append(sandbox.call(Task("tests.function.sandbox.tasks:resident", int), io.BytesIO()))
    sandbox.close()
    assert max(held[-WARM:]) - max(held[:WARM]) < MOST_GROWTH
    assert not list(tmp_path.iterdir())
