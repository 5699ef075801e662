"""Describes how a format is recognised by its first bytes, and how its files are built."""

from dataclasses import dataclass
from enum import Enum, auto


class Structure(Enum):
    """Name how a file is built, which tells where its metadata and its previews lie."""

    PIXELS = auto()  # no metadata
    TAGGED = auto()  # metadata anywhere
    JPEG = auto()  # segments before the first scan
    PNG = auto()  # chunks
    WEBP = auto()  # chunks of RIFF
    PSD = auto()  # Photoshop's resources
    BOXES = auto()  # boxes of ISO base media files
    CR3 = auto()  # the same by Canon, with the metadata first
    TIFF = auto()  # directories
    RAF = auto()  # Fujifilm's header, which names a JPEG


@dataclass(frozen=True)
class Signature:
    """Hold the bytes that tell a format: `magic` lies at the offset `at`, and the file begins with `start`.

    `structure` is given where it is another than the format's own.
    """

    magic: bytes
    at: int = 0
    start: bytes = b""
    structure: Structure | None = None

    def fits(self, head: bytes) -> bool:
        """Return whether a file with these first bytes has the signature."""
        return head.startswith(self.start) and head.startswith(self.magic, self.at)


@dataclass(frozen=True)
class Brand:
    """Hold a brand of ISO base media files, four bytes of their first box, that tells a format."""

    code: bytes
    structure: Structure | None = None


def magics(*found: bytes, structure: Structure | None = None) -> tuple[Signature, ...]:
    """Make signatures of bytes that files begin with."""
    return tuple(Signature(magic, structure=structure) for magic in found)


def brands(*codes: bytes, structure: Structure | None = None) -> tuple[Brand, ...]:
    """Make brands of their codes."""
    return tuple(Brand(code, structure) for code in codes)
