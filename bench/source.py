"""What a job is given: a photo, as a path for the programs that want one and as bytes for those that do not."""

from dataclasses import dataclass
from pathlib import Path

SIZES = (2048, 1024, 512, 256)
QUALITY = 80


@dataclass(frozen=True)
class Source:
    """A photo's path, and its bytes, read before any clock starts."""

    path: Path
    content: bytes
