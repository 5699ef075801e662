"""Reads ISO base media files, which are boxes within boxes: HEIF, AVIF and Canon's CR3."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

# More than any box of facts has.
MOST_BYTES = 1 << 20
MOST_BOXES = 1000


@dataclass(frozen=True)
class Box:
    """Locate a box: its kind, and the offsets in the file at which its content begins and ends."""

    photo: BinaryIO
    kind: bytes
    start: int
    end: int

    def content(self) -> bytes:
        """Read the content, up to `MOST_BYTES`: boxes of facts are smaller."""
        self.photo.seek(self.start)
        return self.photo.read(min(self.end - self.start, MOST_BYTES))

    def all(self, skip: int = 0) -> list["Box"]:
        """Return the boxes within this one, behind `skip` bytes of its own."""
        return list(_boxes(self.photo, self.start + skip, self.end))

    def within(self, kind: bytes, skip: int = 0) -> list["Box"]:
        """Return the boxes of a kind within this one, behind `skip` bytes of its own."""
        return [box for box in self.all(skip) if box.kind == kind]

    def at(self, *kinds: bytes) -> "Box | None":
        """Follow a path of kinds, taking the first box of each. Returns None where one is absent."""
        found: Box | None = self
        for kind in kinds:
            found = next(iter(found.within(kind)), None) if found else None
        return found


def whole(photo: BinaryIO) -> Box:
    """Return the file as a box."""
    return Box(photo, b"", 0, photo.seek(0, io.SEEK_END))


def _boxes(photo: BinaryIO, start: int, end: int) -> Iterator[Box]:
    for _ in range(MOST_BOXES):
        if start + 8 > end:
            return
        photo.seek(start)
        size, kind, large = struct.unpack(">I4sQ", photo.read(16).ljust(16, b"\x00"))
        # Of a size of 1 the true one follows; one of 0 is all the rest.
        head = 16 if size == 1 else 8
        stop = min(end, start + max(head, {0: end - start, 1: large}.get(size, size)))
        yield Box(photo, kind, start + head, stop)
        start = stop
