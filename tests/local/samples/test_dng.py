"""A RAW file whose pixels are packed holds the same pixels, in fewer bytes."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import rawpy

from local.samples import Dng, draw, write_dng

TAKEN = datetime(2026, 6, 1, tzinfo=UTC)
NOISE = np.random.default_rng(1).integers(0, 256, (100, 140, 3), np.uint8)


@pytest.mark.parametrize(
    "pixels", [draw("dunes", 402, 300), NOISE, NOISE // 255 * 255], ids=["scene", "noise", "edges"]
)
def test_packed_pixels_are_the_same(tmp_path: Path, pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> None:
    plain, packed = tmp_path / "plain.dng", tmp_path / "packed.dng"
    write_dng(plain, pixels, Dng(TAKEN))
    write_dng(packed, pixels, Dng(TAKEN, packed=True))
    with rawpy.imread(str(plain)) as one, rawpy.imread(str(packed)) as other:
        assert np.array_equal(one.raw_image, other.raw_image)


def test_packed_pixels_take_less(tmp_path: Path) -> None:
    plain, packed = tmp_path / "plain.dng", tmp_path / "packed.dng"
    pixels = draw("dunes", 402, 300)
    write_dng(plain, pixels, Dng(TAKEN))
    write_dng(packed, pixels, Dng(TAKEN, packed=True))
    assert packed.stat().st_size < 0.8 * plain.stat().st_size
