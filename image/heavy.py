"""Draws the largest photos of cameras and phones, once, to measure the worker's peak memory."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image

from local.samples import Dng, draw, write_dng
from local.samples.scenes import Pixels

FOLDER = Path(__file__).parent.parent / "build" / "image"
SCENE = "dunes"
# The scene is drawn small and enlarged: only the grain influences the memory that decoding takes.
ENLARGED = 4


def photos() -> dict[str, Path]:
    """Return the photos' paths by their description; missing photos are drawn."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    paths = {
        name: FOLDER / f"{name.replace(',', '').replace(' ', '-')}.{suffix}" for name, (suffix, *_) in PHOTOS.items()
    }
    for name, path in paths.items():
        if not path.exists():
            _, width, height, write = PHOTOS[name]
            write(path, _pixels(width, height))
    return paths


def _pixels(width: int, height: int) -> Pixels:
    small = Image.fromarray(draw(SCENE, width // ENLARGED, height // ENLARGED))
    large = np.asarray(small.resize((width, height), Image.Resampling.BICUBIC))
    grain = np.random.default_rng(7).integers(-6, 7, (height, width, 1), np.int8)
    pixels: Pixels = np.clip(large + grain.astype(np.int16), 0, 255).astype(np.uint8)
    return pixels


def _jpeg(path: Path, pixels: Pixels) -> None:
    Image.fromarray(pixels).save(path, quality=95, subsampling=0)


def _progressive(path: Path, pixels: Pixels) -> None:
    Image.fromarray(pixels).save(path, quality=95, subsampling=0, progressive=True)


def _dng(path: Path, pixels: Pixels) -> None:
    write_dng(path, pixels, Dng(datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)))


def _heic(path: Path, pixels: Pixels) -> None:
    # Phones write a grid of tiles, because HEVC's levels limit the pixels of one picture.
    pillow_heif.from_pillow(Image.fromarray(pixels)).save(path, quality=80, tile_size=512)


# Description -> the file's suffix, width, height and writer.
PHOTOS: dict[str, tuple[str, int, int, Callable[[Path, Pixels], None]]] = {
    "45 MP JPEG": ("jpg", 8256, 5504, _jpeg),
    "45 MP JPEG, progressive": ("jpg", 8256, 5504, _progressive),
    "24 MP DNG without a preview": ("dng", 6000, 4000, _dng),
    "45 MP DNG without a preview": ("dng", 8256, 5504, _dng),
    "48 MP HEIC": ("heic", 8064, 6048, _heic),
}
