"""Draws a folder of phone photos: 12 million pixels, two to four megabytes, half of them with coordinates."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from local.samples.album import Shot, exif
from local.samples.scenes import draw

WIDTH, HEIGHT = 4000, 3000
GRAIN = 2.5
# A few scenes at a few qualities; different EXIF data makes each file unique.
SCENES, QUALITIES = ("city", "sea", "fog", "aurora"), (88, 91, 93)
FIRST = datetime(2024, 5, 1, 8, tzinfo=UTC)
SOUTH, WEST, STEP = 36.0, -9.0, 0.01
APP1 = b"\xff\xe1"


def take(folder: Path, count: int) -> list[Path]:
    """Return the paths of `count` photos in the folder; missing ones are drawn."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number // 500:03}" / f"IMG_{number:05}.jpg" for number in range(count)]
    missing = [(number, path) for number, path in enumerate(paths) if not path.exists()]
    scenes = list(_scenes()) if missing else []
    for number, path in tqdm(missing, desc="photos", leave=False, disable=None):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(_shot(scenes[number % len(scenes)], number))
    return paths


def _scenes() -> Iterator[bytes]:
    with ThreadPoolExecutor(2) as pool:
        for encoded in pool.map(_encode, SCENES):
            yield from encoded


def _encode(scene: str) -> list[bytes]:
    grain = np.random.default_rng(7).normal(0, GRAIN, (HEIGHT, WIDTH, 1))
    image = Image.fromarray(np.clip(draw(scene, WIDTH, HEIGHT) + grain, 0, 255).astype(np.uint8))
    return [_save(image, quality) for quality in QUALITIES]


def _save(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def _shot(encoded: bytes, number: int) -> bytes:
    """Return the picture with EXIF data."""
    place = (SOUTH + number * STEP % 20, WEST + number * STEP % 30) if number % 2 else None
    taken = (FIRST + timedelta(minutes=number)).isoformat()
    return with_exif(encoded, exif(Shot("", "", WIDTH, HEIGHT, taken, place=place)).tobytes())


def with_exif(encoded: bytes, written: bytes) -> bytes:
    """Return a JPEG with EXIF data inserted after its first marker."""
    return encoded[:2] + APP1 + (len(written) + 2).to_bytes(2, "big") + written + encoded[2:]
