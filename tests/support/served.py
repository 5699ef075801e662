"""Serves a library in a process that tests can stop and kill."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from local.emulator.process import free_port
from local.stack.program import ROOT

STOP_SECONDS = 60


@dataclass(frozen=True)
class Served:
    """The process, the addresses that it printed, and a client of its S3."""

    process: subprocess.Popen[str]
    addresses: dict[str, str]
    s3: Any

    def put(self, key: str, body: bytes) -> None:
        self.s3.put_object(Bucket=self.addresses["originals_bucket"], Key=f"originals/{key}", Body=body)

    def originals(self) -> dict[str, bytes]:
        """Return the bytes of every original by key."""
        bucket = self.addresses["originals_bucket"]
        keys = [entry["Key"] for entry in self._list(bucket, "originals/")]
        found = {key: self.s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}
        return {key.removeprefix("originals/"): body for key, body in found.items()}

    def renditions(self) -> dict[str, str]:
        """Return the time at which the largest rendition of each photo was stored, by key."""
        bucket = self.addresses["originals_bucket"].replace("originals", "renditions")
        return {entry["Key"]: entry["LastModified"].isoformat() for entry in self._list(bucket, "2048/")}

    def stop(self, number: int = signal.SIGINT) -> None:
        self.process.send_signal(number)
        self.process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """Kill the process and all its child processes by SIGKILL."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        self.process.send_signal(signal.SIGSTOP)  # so that it does not stop the others in good order first
        for child in found.stdout.split():
            with suppress(ProcessLookupError):
                os.killpg(int(child), signal.SIGKILL)
        self.process.kill()
        self.process.wait()

    def _list(self, bucket: str, prefix: str) -> Iterator[dict[str, Any]]:
        for page in self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            yield from page.get("Contents", ())


@contextmanager
def served(folder: Path, port: int | None = None) -> Iterator[Served]:
    process = subprocess.Popen(
        [sys.executable, "-m", "local", "serve", "--data", str(folder), "--port", str(port or free_port())],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    )
    assert process.stdout
    try:
        found = json.loads(process.stdout.readline())
        client = boto3.client(
            "s3",
            endpoint_url=found["s3_endpoint"],
            aws_access_key_id=found["access_key"],
            aws_secret_access_key=found["secret_key"],
            region_name=found["region"],
        )
        yield Served(process, found, client)
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)
