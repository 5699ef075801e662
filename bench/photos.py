"""Draws the photos of the bench once, with a photograph's detail, in the sizes that cameras write."""

import io
from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from bench import dngs
from bench.dngs import Raw
from local.samples import heic
from local.samples.noise import clouds

FOLDER = Path(__file__).parent.parent / "build" / "bench"
# Name -> width, height, size of the JPEG in bytes.
JPEGS = {"24mp": (6000, 4000, 9_000_000), "45mp": (8192, 5464, 17_000_000)}
# Format -> grain, quality. A phone's HEIC of 12 million pixels has two or three million bytes, and little grain.
OTHERS = {"png": (6, 100), "tiff": (6, 100), "webp": (6, 85), "heic": (3, 55), "avif": (6, 85)}
RAWS = {
    "raw-24mp": Raw("24mp"),
    "raw-24mp-packed": Raw("24mp", packed=True),
    "raw-45mp-packed": Raw("45mp", packed=True),
    "raw-24mp-preview": Raw("24mp", preview=True),
    "raw-45mp-preview": Raw("45mp", preview=True, packed=True),
}
STEPS = 7
GRAIN = 60.0

Pixels = NDArray[np.uint8]


def draw_missing(names: Collection[str]) -> dict[str, Path]:
    """Return the paths of these photos by name; missing ones are drawn."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return {name: _photo_path(name) for name in tqdm(names, desc="photos", leave=False, disable=None)}


def _photo_path(name: str) -> Path:
    if name in RAWS:
        path = FOLDER / f"{name}.dng"
        if not path.exists():
            dngs.write(path, RAWS[name], _photo_path(RAWS[name].jpeg).read_bytes())
        return path
    path = FOLDER / (f"{name}.jpg" if name in JPEGS else f"{name}-12mp.{name}")
    if not path.exists():
        path.write_bytes(_jpeg(*JPEGS[name]) if name in JPEGS else _other(name))
    return path


def _draw(width: int, height: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    rng = np.random.default_rng(7)
    base = np.stack([clouds(rng, width, height, (6, 4), 9) for _ in range(3)], -1)
    base = (base - base.min()) / (base.max() - base.min()) * 255
    return base, rng.normal(0, 1, (height, width, 1)).astype(np.float32)


def _jpeg(width: int, height: int, wanted: int) -> bytes:
    """Draw a JPEG of about this many bytes, by adjusting the grain."""
    base, grain = _draw(width, height)
    low, high, content = 0.0, GRAIN, b""
    for _ in range(STEPS):
        middle = (low + high) / 2
        content = _save(np.clip(base + grain * middle, 0, 255).astype(np.uint8), "JPEG", quality=92)
        low, high = (low, middle) if len(content) > wanted else (middle, high)
    return content


def _other(kind: str) -> bytes:
    amount, quality = OTHERS[kind]
    base, grain = _draw(4000, 3000)
    pixels = np.clip(base + grain * amount, 0, 255)
    if kind == "tiff":
        # libvips, because Pillow does not write colour with 16 bits.
        import pyvips

        deep = (pixels * 257).astype(np.uint16)
        image = pyvips.Image.new_from_memory(deep.tobytes(), 4000, 3000, 3, "ushort").copy(interpretation="rgb16")
        content: bytes = image.tiffsave_buffer()
        return content
    if kind == "heic":
        return heic.grid(pixels.astype(np.uint8), quality)
    return _save(pixels.astype(np.uint8), kind.upper(), quality=quality)


def _save(pixels: Pixels, kind: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind, **options)
    return buffer.getvalue()
