"""The embedded AWS's process: what it holds does not grow with what is uploaded."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from function.aws.dynamodb.photos import DynamoDbIndex
from local.emulator import credentials
from local.emulator.clients import Aws
from local.emulator.process import StartError, free_port, run_emulator
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


def call_after_a_kill(folder: Path, call: Callable[[Aws], object]) -> None:
    with run_emulator(folder, "us-east-1", credentials.ensure(folder), free_port()) as running:
        running.process.kill()
        call(running.aws)


@pytest.mark.parametrize(
    "call", [lambda aws: aws.s3.list_buckets(), lambda aws: DynamoDbIndex(aws.dynamodb, "index").get_many(["a"])]
)
def test_a_call_after_the_process_was_killed_says_so(tmp_path: Path, call: Callable[[Aws], object]) -> None:
    with pytest.raises(StartError, match="ended unexpectedly"):
        call_after_a_kill(tmp_path, call)


def test_what_else_goes_wrong_beside_the_process_stays_what_it_is(tmp_path: Path) -> None:
    keys = credentials.ensure(tmp_path)
    with pytest.raises(FileNotFoundError), run_emulator(tmp_path, "us-east-1", keys, free_port()):
        (tmp_path / "missing").read_text()
