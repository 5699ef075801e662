"""What a RAW file says of itself in its directories: its size, how it is turned, and where its previews lie."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Bytes of the file: where they begin, and how many there are."""

    at: int
    size: int

    @property
    def end(self) -> int:
        """The place behind the last byte."""
        return self.at + self.size


@dataclass(frozen=True)
class Embedded:
    """A RAW file's previews, as spans that hold a JPEG each.

    `width` and `height` are the sensor's in pixels, before any turn, or 0 where the file does not say; `orientation` is
    EXIF's; `adobe_rgb` says that the previews are in Adobe RGB where they carry no profile; `end` is the place behind
    the last byte that the directories name: a shorter file is not whole.
    """

    previews: tuple[Span, ...]
    width: int = 0
    height: int = 0
    orientation: int = 1
    adobe_rgb: bool = False
    end: int = 0
