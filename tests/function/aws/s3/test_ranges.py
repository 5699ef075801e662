"""An object is fetched in the ranges that are read of it, in few requests."""

import io
from typing import Any

import pytest

from function.aws.s3.buckets import S3Originals
from function.aws.s3.ranges import KEPT_BYTES, LEAST_BYTES, RangeFile
from function.errors import ObjectNotFoundError
from tests.function.conftest import ORIGINALS, Cloud

CONTENT = bytes(range(251)) * 20_000
FIRST = 1000


class Source:
    """Bytes that remember what was fetched of them."""

    def __init__(self, content: bytes = CONTENT) -> None:
        self.content = content
        self.fetched: list[tuple[int, int]] = []

    def __call__(self, at: int, size: int) -> tuple[bytes, int]:
        self.fetched.append((at, size))
        return self.content[at : at + size], len(self.content)


def test_the_first_bytes_serve_what_lies_in_them() -> None:
    source = Source()
    file = RangeFile(source, FIRST)
    assert file.read(10) == CONTENT[:10]
    assert file.seek(900) == 900
    assert file.read(100) == CONTENT[900:1000]
    assert source.fetched == [(0, FIRST)]


def test_what_is_read_elsewhere_is_fetched_once() -> None:
    source = Source()
    file = RangeFile(source, FIRST)
    for _ in range(2):
        file.seek(2_000_000)
        assert file.read(100) == CONTENT[2_000_000:2_000_100]
    assert source.fetched[1:] == [(2_000_000, LEAST_BYTES)]


def test_what_is_here_is_not_fetched_again() -> None:
    source = Source()
    file = RangeFile(source, FIRST)
    assert file.read() == CONTENT
    assert source.fetched == [(0, FIRST), (FIRST, len(CONTENT) - FIRST)]


def test_a_whole_is_not_kept() -> None:
    source = Source()
    file = RangeFile(source, FIRST)
    for _ in range(2):
        file.seek(0)
        assert len(file.read()) == len(CONTENT) > KEPT_BYTES
    assert len(source.fetched) == 3


@pytest.mark.parametrize("seed", range(20))
def test_it_reads_as_any_file_does(seed: int) -> None:
    import random

    chosen = random.Random(seed)
    content = CONTENT[: chosen.choice([0, 1, 999, 1000, 1001, 200_000])]
    file, plain = RangeFile(Source(content), FIRST), io.BytesIO(content)
    for _ in range(50):
        whence = chosen.choice([io.SEEK_SET, io.SEEK_CUR, io.SEEK_END])
        offset = chosen.randrange(0, 3000) * (-1 if whence == io.SEEK_END else 1)
        if whence != io.SEEK_END or -offset <= len(content):
            assert file.seek(offset, whence) == plain.seek(offset, whence)
        size = chosen.choice([0, 1, 100, 5000, 100_000, -1])
        assert file.read(size) == plain.read(size)
    buffer = bytearray(40)
    file.seek(0)
    assert bytes(buffer[: file.readinto(buffer)]) == content[:40]


def test_of_a_raw_file_only_the_beginning_is_fetched_at_once(cloud: Cloud) -> None:
    cloud.put("a.NEF", CONTENT)
    cloud.put("a.jpg", CONTENT)
    originals = S3Originals(cloud.s3, ORIGINALS)
    told: list[str] = []

    def listen(request: Any, **_: Any) -> None:
        told.append(request.headers["Range"].decode())

    cloud.s3.meta.events.register("before-send.s3.GetObject", listen)
    for key in ("a.NEF", "a.jpg"):
        with originals.open(key, None) as file:
            assert file.read(100) == CONTENT[:100]
    cloud.s3.meta.events.unregister("before-send.s3.GetObject", listen)
    assert told == ["bytes=0-49151", "bytes=0-16777215"]


def test_an_object_without_bytes_is_an_empty_file(cloud: Cloud) -> None:
    cloud.put("a.jpg", b"")
    assert S3Originals(cloud.s3, ORIGINALS).open("a.jpg", None).read() == b""


def test_an_object_that_was_replaced_meanwhile_is_gone(cloud: Cloud) -> None:
    cloud.put("a.NEF", CONTENT)
    with S3Originals(cloud.s3, ORIGINALS).open("a.NEF", None) as file:
        cloud.put("a.NEF", CONTENT[1:])
        file.seek(3_000_000)
        with pytest.raises(ObjectNotFoundError):
            file.read(10)
