"""The gallery's files, from the image."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
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
        """A strong validator: another content has another."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def file(path: str, root: Path = GALLERY) -> File:
    """The file at this path below the gallery. Raises NotFoundError, also for what lies outside of it."""
    # A path that no file can have is resolved no further than to nothing.
    found = (root / path.replace("\0", "")).resolve()
    content_type = CONTENT_TYPES.get(found.suffix)
    if not content_type or root.resolve() not in found.parents or not found.is_file():
        raise NotFoundError("There is no such page.")
    return File(found.read_bytes(), content_type)
