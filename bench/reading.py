"""Counts the bytes and requests to S3 that renditions and metadata of a file need."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import rawpy

from bench.results import Result
from bench.source import QUALITY, SIZES
from function.aws.s3.ranges import FIRST_RAW_BYTES, RangeFile
from function.contract.recipe import RenditionSpec
from function.imaging.render import render
from function.metadata import read as read_metadata

# The bytes allowed for a RAW file's tags and for reading beyond its preview.
BESIDE_PREVIEW = 200_000
MOST_REQUESTS = 4


@dataclass
class CountedObject:
    """A file in place of an object in S3, which counts the ranges read."""

    path: Path
    requests: int = 0
    bytes_read: int = 0

    def __call__(self, at: int, size: int) -> tuple[bytes, int]:
        """Return the bytes from this offset on, and the length of the file."""
        with self.path.open("rb") as file:
            file.seek(at)
            content = file.read(size)
        self.requests += 1
        self.bytes_read += len(content)
        return content, self.path.stat().st_size


@dataclass(frozen=True)
class Reading:
    """A contest of reading: a RAW file of which only the preview is needed."""

    group: str
    case: str
    photo: str
    tools: tuple[str, ...] = ()

    def results(self, photos: Mapping[str, Path], _rounds: int) -> Iterator[Result]:
        """Yield the bytes and the requests with their goals."""
        path = photos[self.photo]
        counted = CountedObject(path)
        file = cast("BinaryIO", RangeFile(counted, FIRST_RAW_BYTES))
        render(file, tuple(RenditionSpec(size, QUALITY) for size in SIZES))
        file.seek(0)
        read_metadata(file)
        case = f"{self.case}, {path.stat().st_size / 1e6:.0f} MB"
        enough = _preview_bytes(path) + BESIDE_PREVIEW
        yield _beside(f"bytes of a {case}", counted.bytes_read, enough, "the preview and 200 KB", "B")
        yield _beside(f"requests of a {case}", counted.requests, MOST_REQUESTS, "four requests", "")


def _preview_bytes(path: Path) -> int:
    with rawpy.imread(str(path)) as raw:
        return len(raw.extract_thumb().data)


def _beside(case: str, ours: float, wanted: float, name: str, unit: str) -> Result:
    ratio = ours / wanted
    return Result(case, ours, wanted, name, ratio, ratio, ratio, 1.0, unit=unit)
