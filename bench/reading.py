"""Contests of reading: how much of a file renditions take, and in how many requests of a bucket."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rawpy

from bench.results import Result
from bench.source import QUALITY, SIZES
from function.contract import RenditionSpec
from function.imaging import render

# What the tags of a RAW file and the room around its preview may take.
BESIDE_PREVIEW = 200_000
MOST_REQUESTS = 4


class CountedFile(io.FileIO):
    """A file that counts what is read as a bucket would: reading on is the same request, reading elsewhere another."""

    bytes_read = 0
    requests = 0
    _end = -1

    def readinto(self, buffer: Any, /) -> int:
        """Read into the buffer."""
        at, count = self.tell(), super().readinto(buffer)
        self._count(at, count)
        return count

    def readall(self) -> bytes:
        """Read to the end."""
        at, content = self.tell(), super().readall()
        self._count(at, len(content))
        return content

    def read(self, size: int | None = -1, /) -> bytes:
        """Read so many bytes, or to the end."""
        if size is None or size < 0:
            return self.readall()
        at, content = self.tell(), super().read(size)
        self._count(at, len(content))
        return content

    def _count(self, at: int, count: int) -> None:
        self.bytes_read += count
        self.requests += at != self._end
        self._end = at + count


@dataclass(frozen=True)
class Reading:
    """A RAW file of which only the preview is wanted."""

    group: str
    case: str
    photo: str
    tools: tuple[str, ...] = ()

    def results(self, photos: Mapping[str, Path], _rounds: int) -> Iterator[Result]:
        """Bytes and requests, each beside what is wanted."""
        path = photos[self.photo]
        with CountedFile(path) as file:
            render(file, tuple(RenditionSpec(size, QUALITY) for size in SIZES))
        case = f"{self.case}, {path.stat().st_size / 1e6:.0f} MB"
        enough = _preview_bytes(path) + BESIDE_PREVIEW
        yield _beside(f"bytes of a {case}", file.bytes_read, enough, "the preview and 200 KB", "B")
        yield _beside(f"requests of a {case}", file.requests, MOST_REQUESTS, "four requests", "")


def _preview_bytes(path: Path) -> int:
    with rawpy.imread(str(path)) as raw:
        return len(raw.extract_thumb().data)


def _beside(case: str, ours: float, wanted: float, name: str, unit: str) -> Result:
    ratio = ours / wanted
    return Result(case, ours, wanted, name, ratio, ratio, ratio, 1.0, unit=unit)
