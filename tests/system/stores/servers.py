"""Starts real S3-compatible servers on free ports, with the library's keys."""

import contextlib
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from local.emulator.clients import Aws
from local.emulator.process import HOST, free_port

ACCESS_KEY, SECRET_KEY = "a-library", "a-secret-of-the-library"
START_SECONDS = 30


@dataclass(frozen=True)
class Server:
    """A kind of store: its command and environment, from a folder, its port and the webhook."""

    program: str
    command: Callable[[Path, int], Sequence[str]]
    environment: dict[str, str]
    # The variable with the webhook's address, and the webhook's ARN in notifications.
    webhook: str | None = None
    target: str | None = None
    versions: bool = True


def minio(folder: Path, port: int) -> Sequence[str]:
    return ("server", "--quiet", "--address", f"{HOST}:{port}", str(ensure_folder(folder / "objects")))


def versitygw(folder: Path, port: int) -> Sequence[str]:
    versions = ("--versioning-dir", str(ensure_folder(folder / "versions")))
    return ("--quiet", "--port", f"{HOST}:{port}", "posix", *versions, str(ensure_folder(folder / "objects")))


def versitygw_without_versions(folder: Path, port: int) -> Sequence[str]:
    return ("--quiet", "--port", f"{HOST}:{port}", "posix", str(ensure_folder(folder / "objects")))


MINIO_KEYS = {"MINIO_ROOT_USER": ACCESS_KEY, "MINIO_ROOT_PASSWORD": SECRET_KEY, "MINIO_BROWSER": "off"}
VERSITYGW_KEYS = {"ROOT_ACCESS_KEY": ACCESS_KEY, "ROOT_SECRET_KEY": SECRET_KEY}
SERVERS = {
    "minio": Server("minio", minio, MINIO_KEYS),
    "minio-webhook": Server(
        "minio",
        minio,
        {**MINIO_KEYS, "MINIO_NOTIFY_WEBHOOK_ENABLE_SAFELIGHT": "on"},
        webhook="MINIO_NOTIFY_WEBHOOK_ENDPOINT_SAFELIGHT",
        target="arn:minio:sqs::SAFELIGHT:webhook",
    ),
    "versitygw": Server("versitygw", versitygw_without_versions, VERSITYGW_KEYS, versions=False),
    "versitygw-webhook": Server("versitygw", versitygw, VERSITYGW_KEYS, webhook="VGW_EVENT_WEBHOOK_URL"),
}


def require_program(program: str) -> str:
    """Return the program's path. Skips the test if it is missing, but fails in CI."""
    # The folder of `go install`.
    found = shutil.which(program, path=f"{os.environ['PATH']}:{Path.home() / 'go' / 'bin'}")
    if not found:
        assert not os.environ.get("CI"), f"CI tries real stores, and there is no {program}"
        pytest.skip(f"{program} is not installed on this machine")
    return found


@contextlib.contextmanager
def running(server: Server, folder: Path, webhook: str | None = None, port: int = 0) -> Iterator[Aws]:
    """Run the store with this folder. Yields its owner's client settings."""
    port = port or free_port()
    told = {server.webhook: webhook} if server.webhook and webhook else {}
    with (ensure_folder(folder) / "log").open("wb") as log:
        process = subprocess.Popen(
            [require_program(server.program), *server.command(folder, port)],
            env={"PATH": os.environ["PATH"], "HOME": str(folder), **server.environment, **told},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        endpoint = f"http://{HOST}:{port}"
        _await(endpoint, process, folder / "log")
        yield Aws(endpoint, "us-east-1", ACCESS_KEY, SECRET_KEY)
    finally:
        process.terminate()
        process.wait(30)


def ensure_folder(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _await(endpoint: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(endpoint, timeout=1).close()
        except urllib.error.HTTPError as answer:
            if answer.code < 500:  # it runs, and demands a signature
                return
        except OSError:
            pass
        time.sleep(0.05)
    pytest.fail(f"the store did not start: {log.read_text()[-2000:]}")
