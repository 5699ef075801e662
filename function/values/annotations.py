"""Defines the owner's annotations of a photo."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Annotations:
    """The owner's annotations of a photo. They override the file's metadata, which is kept unchanged.

    `caption` is None to show the file's own caption, and empty to show none.
    """

    caption: str | None = None
    favourite: bool = False
    albums: tuple[str, ...] = ()
