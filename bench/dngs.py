"""RAW files of the sizes that cameras write, with the bench's JPEGs as what the sensor saw."""

import io
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PIL import Image

from local.pictures.dng import Dng, write_dng

TAKEN = datetime(2026, 6, 1, 12, tzinfo=UTC)


def write(path: Path, photo: bytes, *, preview: bool) -> None:
    """Write a DNG of the JPEG photo, with the photo itself as its preview where one is wanted."""
    pixels = np.asarray(Image.open(io.BytesIO(photo)))
    height, width, _ = pixels.shape
    write_dng(path, pixels, Dng(TAKEN, preview=(photo, width, height) if preview else None))
