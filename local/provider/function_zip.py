"""The files that the Dockerfile copies into the image, as the zip that the embedded AWS runs."""

import io
import zipfile
from functools import cache
from pathlib import Path

from image import gallery

ROOT = Path(__file__).parents[2]
# What the Dockerfile copies, and nothing else: a function that reads more fails here as it would there.
FOLDERS = ("function", "gallery/dist")
EPOCH = (1980, 1, 1, 0, 0, 0)


@cache
def bundle() -> bytes:
    """A zip of the functions' code and of the gallery; the same files give the same bytes."""
    gallery.build()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files():
            archive.writestr(zipfile.ZipInfo(path.relative_to(ROOT).as_posix(), EPOCH), path.read_bytes())
    return buffer.getvalue()


def _files() -> list[Path]:
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)
