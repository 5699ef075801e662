"""Defines the recipe: the sizes, qualities and formats of the renditions."""

from dataclasses import dataclass
from typing import Final

# The formats of renditions, with their file extensions.
EXTENSIONS: Final = {"jpeg": "jpg", "webp": "webp", "avif": "avif"}


@dataclass(frozen=True)
class RenditionSpec:
    """One size of the recipe: `size` is the longest side in pixels, `quality` 1 to 100, `format` jpeg, webp or avif."""

    size: int
    quality: int = 80
    format: str = "jpeg"

    @property
    def name(self) -> str:
        """The rendition's name, which is also the first part of its key."""
        return str(self.size)


Recipe = tuple[RenditionSpec, ...]
