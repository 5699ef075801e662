"""Contests of reading: how much of a file renditions and metadata take, and in how many requests of its bucket."""

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

# What the tags of a RAW file and the room around its preview may take.
BESIDE_PREVIEW = 200_000
MOST_REQUESTS = 4


@dataclass
class CountedObject:
    """A file in the place of an object in S3: gives ranges of it, and counts them."""

    path: Path
    requests: int = 0
    bytes_read: int = 0

    def __call__(self, at: int, size: int) -> tuple[bytes, int]:
        """The bytes from this place on, and the length of the whole."""
        with self.path.open("rb") as file:
            file.seek(at)
            content = file.read(size)
        self.requests += 1
        self.bytes_read += len(content)
        return content, self.path.stat().st_size


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
