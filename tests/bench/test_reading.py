"""Reading is counted as a bucket would be asked."""

from pathlib import Path

from bench.reading import CountedObject
from function.aws.s3.ranges import LEAST_BYTES, RangeFile

CONTENT = bytes(range(256)) * 1000


def test_ranges_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(CONTENT)
    counted = CountedObject(path)
    file = RangeFile(counted, 1000)
    file.seek(100_000)
    assert file.read(10) == CONTENT[100_000:100_010]
    assert (counted.requests, counted.bytes_read) == (2, 1000 + LEAST_BYTES)
