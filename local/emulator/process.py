"""Starts and stops the embedded AWS, whose state is one folder."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from function.errors import ServiceUnavailableError
from local.emulator.clients import Aws
from local.emulator.credentials import Credentials
from local.emulator.kept import KEPT_STATE

HOST = "127.0.0.1"
UNPRIVILEGED, HIGHEST_PORT, EXAMPLE_PORT = 1024, 65535, 8494
LOG = "embedded-aws.log"
# Marks the line of the log with the reason of a failed start, in words for the library's owner.
REASON = "cannot start: "
START_SECONDS = 120  # a library of 50,000 photos loads within 3 s, or a minute on a busy machine
STOP_SECONDS = 20
# The user's variables for AWS or another store must not reach the embedded AWS.
FOREIGN = ("AWS_", "MINISTACK_", "S3_")


class StartError(Exception):
    """The embedded AWS cannot start; the message has the next step."""


@dataclass(frozen=True)
class Emulator:
    """A running embedded AWS: its root clients, its doors and its process."""

    aws: Aws
    gallery_port: int
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def gallery(self) -> str:
        """Return the address of the gallery and of the API."""
        return f"http://localhost:{self.gallery_port}/"

    def serve_api(self, api_endpoint: str, routes: Sequence[str]) -> None:
        """Serve the HTTP API with this declared address at the gallery's door, with these route keys."""
        identifier = api_endpoint.split("//")[1].split(".", maxsplit=1)[0]
        assert self.process.stdin
        self.process.stdin.write(f"{json.dumps({'api': identifier, 'routes': routes})}\n".encode())
        self.process.stdin.flush()

    def wait(self) -> None:
        """Wait as long as the process runs. Raises StartError when it ends by itself: the system killed it, maybe."""
        self.process.wait()
        raise StartError(ended(self.folder))

    @property
    def is_incomplete(self) -> bool:
        """Tell whether the process has ended without storing everything."""
        return self.process.returncode != 0


@contextlib.contextmanager
def run_emulator(
    folder: Path, region: str, credentials: Credentials, port: int, bridge: str | None = None
) -> Iterator[Emulator]:
    """Run the embedded AWS with this folder's state until the end of the block. Raises StartError.

    `bridge` is this machine's address for containers, if the functions run in Docker.
    """
    require_free(port)
    folder = folder.absolute()
    gateway = free_port(port + 1)
    ports = {"GATEWAY_PORT": str(gateway), "GALLERY_PORT": str(port), "MINISTACK_REGION": region}
    containers = {"BRIDGE_HOST": bridge, "AWS_ENDPOINT_URL": f"http://{bridge}:{gateway}"} if bridge else {}
    process = _start(folder, {**_environment(folder, credentials), **ports, **containers})
    try:
        aws = Aws(f"http://{HOST}:{gateway}", region, credentials.access_key, credentials.secret_key)
        _await_answer(process, gateway, aws, folder)
        with _explaining_end(process, folder):
            yield Emulator(aws, port, process, folder)
    finally:
        _stop(process)


def ended(folder: Path) -> str:
    """Say that the embedded AWS has ended by itself, and what follows from it."""
    return (
        f"the embedded AWS ended unexpectedly; {folder / LOG} may say why. All that it had answered is stored: "
        "start again to go on"
    )


def require_free(port: int) -> None:
    """Raise StartError if the port is in use."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            reason = error.strerror if isinstance(error, OSError) else "there is no such port"
            other = port + 10 if UNPRIVILEGED <= port < HIGHEST_PORT - 10 else EXAMPLE_PORT
            raise StartError(f"port {port} cannot be used ({reason}); give another, such as PORT={other}") from None


def free_port(wanted: int = 0) -> int:
    """Return the wanted port if it is free, else any free port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted))
        except (OSError, OverflowError):  # it is in use, or above the highest port
            probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def _explaining_end(process: subprocess.Popen[bytes], folder: Path) -> Iterator[None]:
    """Raise StartError in place of what calls fail with after the process has ended."""
    try:
        yield
    except (BotoCoreError, ClientError, OSError, ServiceUnavailableError) as error:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)  # its connections end a moment before it does
            raise StartError(ended(folder)) from error
        raise


def _start(folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    _prepare(folder)
    with (folder / LOG).open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "local.emulator.gateway"],
            cwd=Path(__file__).parents[2],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            # Its own process group: Ctrl-C reaches only this process, which then stops the group in good order.
            start_new_session=True,
            # Photos and the tokens' signing keys are for their owner alone, even in a folder that other users can read.
            umask=0o077,
        )


def _prepare(folder: Path) -> None:
    (folder / "state").mkdir(parents=True, exist_ok=True)
    for path in (folder / "state").glob("*.json"):
        if path.stem not in KEPT_STATE:
            path.unlink()
    shutil.rmtree(folder / "scratch", ignore_errors=True)
    (folder / "scratch").mkdir()


def _environment(folder: Path, credentials: Credentials) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return {
        **inherited,
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": credentials.access_key,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_key,
        "BIND_HOST": HOST,
        "IOT_MTLS_ENABLED": "0",
        "LAMBDA_EXECUTOR": "local",
        "LOG_LEVEL": "INFO",
        "MALLOC_ARENA_MAX": "2",  # glibc has an arena per thread and returns hardly any memory of them
        "MINISTACK_HOST": "localhost",
        "PERSIST_STATE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "S3_DATA_DIR": str(folder / "objects"),
        "S3_PERSIST": "1",
        "SFTP_ENABLED": "0",
        "STATE_DIR": str(folder / "state"),
        "TMPDIR": str(folder / "scratch"),  # the functions' code is unpacked here, and removed even after a kill
    }


def _await_answer(process: subprocess.Popen[bytes], gateway: int, aws: Aws, folder: Path) -> None:
    """Wait until the embedded AWS answers a signed call. Raises StartError."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection((HOST, gateway), timeout=1).close()
            break
        time.sleep(0.05)
    try:
        if process.poll() is None:
            aws.client("sts").get_caller_identity()
            return
    except (BotoCoreError, ClientError):
        pass  # the log has the reason
    log = folder / LOG
    lines = log.read_text(errors="replace").splitlines()
    reasons = [line.removeprefix(REASON) for line in lines if line.startswith(REASON)]
    raise StartError(reasons[-1] if reasons else f"the embedded AWS did not start; {log} says why")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the process, which completes its requests first, and then the functions that it started."""
    with contextlib.suppress(OSError):
        process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
