"""Reads an object in S3 as a seekable file; only the ranges that are read are fetched."""

from collections.abc import Callable
from dataclasses import dataclass

from function.files.seekable import SeekingFile

# The size of the first request: most photos that are decoded whole fit in it. Of a RAW file it holds the directories,
# which give the offset of its preview.
FIRST_BYTES, FIRST_RAW_BYTES = 16 << 20, 48 << 10
# The smallest request, so that small reads beside each other share one.
LEAST_BYTES = 32 << 10
# Longer segments are not kept: a decoder reads them once.
KEPT_BYTES = 1 << 20
# Fetches bytes by offset and size. Returns them and the length of the whole object.
Fetch = Callable[[int, int], tuple[bytes, int]]


@dataclass(frozen=True)
class Segment:
    """Bytes of the object from the offset `at`."""

    at: int
    content: bytes

    def part(self, at: int, size: int) -> bytes | None:
        """Return `size` bytes of the object from offset `at`. Returns None where the segment lacks some of them."""
        start = at - self.at
        return self.content[start : start + size] if start >= 0 and start + size <= len(self.content) else None


class RangeFile(SeekingFile):
    """A seekable file over a function that fetches ranges. Reads raise what that function raises."""

    def __init__(self, fetch: Fetch, first_bytes: int) -> None:
        """Fetch the first bytes. `etag` is set by the opener."""
        self.etag: str | None = None
        self._fetch = fetch
        content, self._length = fetch(0, first_bytes)
        self._segments = [Segment(0, content)]

    def read(self, size: int | None = -1, /) -> bytes:
        """Read at most `size` bytes, or to the end."""
        left = max(0, self._length - self._at)
        size = left if size is None or size < 0 else min(size, left)
        found = self._read_range(self._at, size)
        self._at += len(found)
        return found

    def readall(self) -> bytes:
        """Read to the end."""
        return self.read()

    def _some(self, size: int) -> bytes:
        return self.read(size)

    def _read_range(self, at: int, size: int) -> bytes:
        for segment in self._segments:
            if (part := segment.part(at, size)) is not None:
                return part
        # Bytes at the start of the range that a segment has are not fetched again.
        head = next((part for part in (_tail(segment, at) for segment in self._segments) if part), b"")
        start = at + len(head)
        fetched = Segment(start, self._fetch(start, min(max(size - len(head), LEAST_BYTES), self._length - start))[0])
        if len(fetched.content) <= KEPT_BYTES:
            self._segments.append(fetched)
        return head + fetched.content[: size - len(head)]


def _tail(segment: Segment, at: int) -> bytes:
    return segment.content[at - segment.at :] if segment.at <= at else b""
