"""Describes a RAW file by its directories: its size, its orientation, and the byte ranges of its previews."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ByteRange:
    """Locate bytes of the file: their offset and their number."""

    at: int
    size: int

    @property
    def end(self) -> int:
        """Return the offset behind the last byte."""
        return self.at + self.size


@dataclass(frozen=True)
class Embedded:
    """Hold a RAW file's previews, as byte ranges of a JPEG each.

    `width` and `height` are the sensor's in pixels, before any turn, or 0 where the file does not say; `orientation` is
    EXIF's; `adobe_rgb` says that the previews are in Adobe RGB where they carry no profile; `begin` and `end` are the
    place of the sensor's first byte, and the one behind the last that the directories name: a shorter file is cut.
    `named` is the share of the sensor's strips or tiles that the directories name at all.
    """

    previews: tuple[ByteRange, ...]
    width: int = 0
    height: int = 0
    orientation: int = 1
    adobe_rgb: bool = False
    end: int = 0
    begin: int = 0
    named: float = 1.0

    def share(self, length: int) -> float:
        """Return the share of the sensor's pixels in a file of `length` bytes; 1 where the file does not say."""
        if self.end <= max(length, self.begin):
            return self.named
        return self.named * max(0.0, (length - self.begin) / (self.end - self.begin))
