"""The gallery's files, from the image: as the build wrote them, with their compressed variants beside them."""

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
# HTTP's name of a content coding, and the extension of a file that is compressed by it; the best first.
CODINGS = {"br": ".br", "gzip": ".gz"}
# The build names a file by its content, so that another content has another name.
NAMED_BY_CONTENT = re.compile(r"-[A-Z0-9]{8}\.\w+")


@dataclass(frozen=True)
class File:
    """One file of the gallery; `compressed` has its variants by their content codings, the best first."""

    name: str
    content: bytes
    content_type: str
    compressed: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def etag(self) -> str:
        """A weak validator: another content has another, whether or not it was compressed on its way."""
        return f'W/"{hashlib.sha256(self.content).hexdigest()[:32]}"'

    @property
    def immutable(self) -> bool:
        """Whether the name stands for this content for ever."""
        return bool(NAMED_BY_CONTENT.search(self.name))


def file(path: str) -> File:
    """The file at this path below the gallery. Raises NotFoundError."""
    found = _files().get(path)
    if not found:
        raise NotFoundError("There is no such page.")
    variants = {coding: found.with_name(found.name + extension) for coding, extension in CODINGS.items()}
    compressed = {coding: variant.read_bytes() for coding, variant in variants.items() if variant.exists()}
    return File(found.name, found.read_bytes(), CONTENT_TYPES[found.suffix], compressed)


@cache
def _files() -> dict[str, Path]:
    # A path is looked up, never opened: there is no way from it to any other file.
    served = (path for path in GALLERY.rglob("*") if path.suffix in CONTENT_TYPES)
    return {path.relative_to(GALLERY).as_posix(): path for path in served}
