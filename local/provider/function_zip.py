"""Packs the files that the Dockerfile copies into the image as a zip for the embedded AWS."""

import io
import zipfile
from functools import cache
from pathlib import Path

from image import gallery

ROOT = Path(__file__).parents[2]
# Exactly the files that the Dockerfile copies: a function that reads others fails here too.
FOLDERS = ("function", "gallery/dist")
EPOCH = (1980, 1, 1, 0, 0, 0)


@cache
def bundle() -> bytes:
    """Return a zip of the functions' code and the gallery; equal files give equal bytes."""
    gallery.build()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files():
            archive.writestr(zipfile.ZipInfo(path.relative_to(ROOT).as_posix(), EPOCH), path.read_bytes())
    return buffer.getvalue()


def _files() -> list[Path]:
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)
