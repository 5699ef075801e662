"""Draws a folder of small photos: 300 x 200 pixels, about ten kilobytes each, a hundred per day."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image
from tqdm import tqdm

from bench.phone import with_exif
from local.samples.album import Shot, exif

WIDTH, HEIGHT, QUALITY = 300, 200, 85
FIRST, PER_DAY = datetime(2012, 1, 1, 8, tzinfo=UTC), 17
CAMERAS = (("NIKON CORPORATION", "NIKON D70"), ("Canon", "Canon EOS R6"), ("FUJIFILM", "X-T4"), ("Apple", "iPhone 12"))
SOUTH, WEST, STEP = 36.0, -9.0, 0.37


def take(folder: Path, count: int) -> list[Path]:
    """Return the paths of this many photos in the folder; those that are missing are drawn."""
    paths = [folder / f"{number // 1000:03}" / f"IMG_{number:06}.jpg" for number in range(count)]
    for number, path in tqdm(list(enumerate(paths)), desc="photos", leave=False, disable=None):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_photo(number))
    return paths


def _photo(number: int) -> bytes:
    make, model = CAMERAS[number % len(CAMERAS)]
    place = (SOUTH + number * STEP % 20, WEST + number * STEP % 30) if number % 2 else None
    taken = (FIRST + timedelta(days=number // PER_DAY, minutes=number % PER_DAY)).isoformat()
    written = exif(Shot("", "", WIDTH, HEIGHT, taken, place=place))
    written[ExifTags.Base.Make], written[ExifTags.Base.Model] = make, model
    return with_exif(_picture(number), written.tobytes())


def _picture(number: int) -> bytes:
    """Return a JPEG of a few soft shapes, different for each number."""
    chance = np.random.default_rng(number)
    shapes = Image.fromarray(chance.integers(0, 256, (4, 6, 3), dtype=np.uint8))
    image = shapes.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()
