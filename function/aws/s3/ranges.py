"""An object in S3 as a file: only the ranges that are read of it are fetched."""

from collections.abc import Callable
from dataclasses import dataclass

from function.files.seekable import SeekingFile

# A photo that is decoded whole comes with the first request, as most do; of a RAW file the directories come with it,
# and tell where its preview lies.
FIRST_BYTES, FIRST_RAW_BYTES = 16 << 20, 48 << 10
# Reads within the same few kilobytes are one request.
LEAST_BYTES = 32 << 10
# What is longer is read once, by a decoder that needs the whole.
KEPT_BYTES = 1 << 20
# From a place and how many bytes are wanted to the bytes, and the length of the whole object.
Fetch = Callable[[int, int], tuple[bytes, int]]


@dataclass(frozen=True)
class Segment:
    """Bytes of the object, and the place of the first."""

    at: int
    content: bytes

    def part(self, at: int, size: int) -> bytes | None:
        """So many bytes from this place of the object on, where all of them are here."""
        start = at - self.at
        return self.content[start : start + size] if start >= 0 and start + size <= len(self.content) else None


class RangeFile(SeekingFile):
    """A file that can be sought in, over a function that fetches; what that raises comes through."""

    def __init__(self, fetch: Fetch, first_bytes: int) -> None:
        """The first bytes are fetched at once; `etag` is S3's own name for the bytes, where it told it."""
        self.etag: str | None = None
        self._fetch = fetch
        content, self._length = fetch(0, first_bytes)
        self._segments = [Segment(0, content)]

    def read(self, size: int | None = -1, /) -> bytes:
        """Read so many bytes, or to the end."""
        left = max(0, self._length - self._at)
        size = left if size is None or size < 0 else min(size, left)
        found = self._found(self._at, size)
        self._at += len(found)
        return found

    def readall(self) -> bytes:
        """Read to the end."""
        return self.read()

    def _some(self, size: int) -> bytes:
        return self.read(size)

    def _found(self, at: int, size: int) -> bytes:
        for segment in self._segments:
            if (part := segment.part(at, size)) is not None:
                return part
        # What is here of its beginning is not fetched again.
        head = next((part for part in (_beginning(segment, at) for segment in self._segments) if part), b"")
        start = at + len(head)
        fetched = Segment(start, self._fetch(start, min(max(size - len(head), LEAST_BYTES), self._length - start))[0])
        if len(fetched.content) <= KEPT_BYTES:
            self._segments.append(fetched)
        return head + fetched.content[: size - len(head)]


def _beginning(segment: Segment, at: int) -> bytes:
    return segment.content[at - segment.at :] if segment.at <= at else b""
