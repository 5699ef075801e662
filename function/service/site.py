"""The gallery's files, from the image."""

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from function.errors import NotFoundError

GALLERY = Path(__file__).parent.parent.parent / "gallery"
# Types are fixed by the name's ending; what is not here is not served.
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
        """A weak validator: another content has another, whether or not it was compressed on its way."""
        return f'W/"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def file(path: str) -> File:
    """The file at this path below the gallery. Raises NotFoundError."""
    found = _files().get(path)
    if not found:
        raise NotFoundError("There is no such page.")
    return File(found.read_bytes(), CONTENT_TYPES[found.suffix])


@cache
def _files() -> dict[str, Path]:
    # A path is looked up, never opened: there is no way from it to any other file.
    served = (path for path in GALLERY.rglob("*") if path.suffix in CONTENT_TYPES)
    return {path.relative_to(GALLERY).as_posix(): path for path in served}
