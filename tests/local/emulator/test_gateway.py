"""The embedded AWS's process: what it holds does not grow with what is uploaded."""

import re
from pathlib import Path

import numpy as np
import pytest

from local.library.library import Library

MEGABYTE = 1024 * 1024


def resident(process: int) -> int:
    """The memory that the process holds, in bytes."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        pytest.skip("this system does not tell a process's memory in /proc")
    found = re.search(r"VmRSS:\s+(\d+) kB", status.read_text())
    assert found
    return int(found[1]) * 1024


def test_uploads_leave_memory_once_they_are_on_the_disk(opened: Library) -> None:
    body = np.random.default_rng(3).bytes(4 * MEGABYTE)

    def upload(count: int, key: str) -> None:
        for number in range(count):
            target = key.format(number=number)
            opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key=target, Body=body)

    upload(5, "scratch/warm-{number}")
    before = resident(opened.emulator.process.pid)
    upload(40, "scratch/new-{number}")
    upload(20, "scratch/replaced")
    assert resident(opened.emulator.process.pid) - before < 60 * MEGABYTE


def test_a_version_that_left_memory_is_still_there(opened: Library) -> None:
    versions = [
        opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key="scratch/kept", Body=content)["VersionId"]
        for content in (b"first", b"second", b"third")
    ]
    for version, content in zip(versions, (b"first", b"second", b"third"), strict=True):
        found = opened.aws.s3.get_object(Bucket=opened.originals_bucket, Key="scratch/kept", VersionId=version)
        assert found["Body"].read() == content
