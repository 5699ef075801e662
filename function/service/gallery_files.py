"""Reads the gallery's built files, and their compressed variants, from the function's image."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from function.errors import NotFoundError

GALLERY = Path(__file__).parent.parent.parent / "gallery" / "dist"
# The type follows from the name's extension; files with another extension are not served.
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
# HTTP content codings, with the extensions of files compressed by them, the best first.
CODINGS = {"br": ".br", "gzip": ".gz"}
# The build puts a hash of the content into a file's name.
NAMED_BY_CONTENT = re.compile(r"-[A-Z0-9]{8}\.\w+")


@dataclass(frozen=True)
class File:
    """One file of the gallery. `compressed` has its variants by content coding, the best first."""

    name: str
    content: bytes
    content_type: str
    compressed: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def etag(self) -> str:
        """The ETag, a weak validator, which is the same for all content codings: the hash of the content."""
        return f'W/"{hashlib.sha256(self.content).hexdigest()[:32]}"'

    @property
    def immutable(self) -> bool:
        """True where the name holds the hash of the content, so that it can be cached for ever."""
        return bool(NAMED_BY_CONTENT.search(self.name))


def file(path: str) -> File:
    """Read the file at this path below the gallery's folder. Raises NotFoundError."""
    found = _files().get(path)
    if not found:
        raise NotFoundError("There is no such page.")
    variants = {coding: found.with_name(found.name + extension) for coding, extension in CODINGS.items()}
    compressed = {coding: variant.read_bytes() for coding, variant in variants.items() if variant.exists()}
    return File(found.name, found.read_bytes(), CONTENT_TYPES[found.suffix], compressed)


@cache
def _files() -> dict[str, Path]:
    # A requested path is only looked up in this dict, so no other file can be read by it.
    served = (path for path in GALLERY.rglob("*") if path.suffix in CONTENT_TYPES)
    return {path.relative_to(GALLERY).as_posix(): path for path in served}
