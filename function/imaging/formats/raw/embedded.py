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
    EXIF's; `adobe_rgb` says that the previews are in Adobe RGB where they carry no profile; `begin` and `end` are the
    place of the sensor's first byte, and the one behind the last that the directories name: a shorter file is cut.
    `named` is the share of the sensor's strips or tiles that the directories name at all.
    """

    previews: tuple[Span, ...]
    width: int = 0
    height: int = 0
    orientation: int = 1
    adobe_rgb: bool = False
    end: int = 0
    begin: int = 0
    named: float = 1.0

    def share(self, length: int) -> float:
        """The share of the sensor's pixels that are in a file of so many bytes; 1 where the file does not say."""
        if self.end <= max(length, self.begin):
            return self.named
        return self.named * max(0.0, (length - self.begin) / (self.end - self.begin))
