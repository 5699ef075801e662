"""Writes RAW files of the sizes that cameras write, with the pixels of the bench's JPEGs."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PIL import Image

from local.samples.dng import Dng, write_dng

TAKEN = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Raw:
    """A RAW file: the JPEG with its pixels, with or without that JPEG as its preview, compressed or not."""

    jpeg: str
    preview: bool = False
    packed: bool = False


def write(path: Path, raw: Raw, photo: bytes) -> None:
    """Write the RAW file of the JPEG photo as a DNG."""
    pixels = np.asarray(Image.open(io.BytesIO(photo)))
    height, width, _ = pixels.shape
    write_dng(path, pixels, Dng(TAKEN, preview=(photo, width, height) if raw.preview else None, packed=raw.packed))
