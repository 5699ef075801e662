"""Reads the gallery's files from the function's image."""

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from function.errors import NotFoundError

GALLERY = Path(__file__).parent.parent.parent / "gallery"
# Content types by file extension. Files of other extensions are not served.
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class File:
    """One file of the gallery."""

    content: bytes
    content_type: str

    @cached_property
    def etag(self) -> str:
        """The ETag, a strong validator: the hash of the content."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def file(path: str) -> File:
    """Read the file at this path below the gallery's folder. Raises NotFoundError."""
    found = _files().get(path)
    if not found:
        raise NotFoundError("There is no such page.")
    return File(found.read_bytes(), CONTENT_TYPES[found.suffix])


@cache
def _files() -> dict[str, Path]:
    # A requested path is only looked up in this dict, so no other file can be read by it.
    served = (path for path in GALLERY.rglob("*") if path.suffix in CONTENT_TYPES)
    return {path.relative_to(GALLERY).as_posix(): path for path in served}
