"""Holds the input of a job: a photo as a path and as bytes."""

from dataclasses import dataclass
from pathlib import Path

SIZES = (2048, 1024, 512, 256)
QUALITY = 80


@dataclass(frozen=True)
class Source:
    """A photo's path, and its bytes, which are read before the measurement."""

    path: Path
    content: bytes
