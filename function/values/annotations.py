"""What the owner wrote about a photo in the gallery."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Annotations:
    """What the owner wrote about a photo here: it goes over what the file says, which stays as it is.

    `caption` is None where the file's own counts, and empty where none is to be shown.
    """

    caption: str | None = None
    favourite: bool = False
    albums: tuple[str, ...] = ()
