"""Runs the functions' image as Lambda would: as another user, on a read-only file system, with an empty /tmp."""

import contextlib
import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# The address of the runtime emulator in AWS's base image, whose port is fixed.
EMULATOR = "http://127.0.0.1:8080/2015-03-31/functions/function/invocations"
# Lambda's user is neither root nor the owner of any file.
FLAGS = ("--network=host", "--read-only", "--tmpfs=/tmp:size=512m", "--user=993:990", "--cap-drop=ALL")
START_SECONDS = 30
INVOKE_SECONDS = 300
# The files of cgroups v2 and v1, as seen in the container.
PEAK = "cat /sys/fs/cgroup/memory.peak /sys/fs/cgroup/memory/memory.max_usage_in_bytes 2>/dev/null"


class ContainerError(Exception):
    """The container did not start or has ended; the message has its output."""


@dataclass(frozen=True)
class Container:
    """A running function."""

    identifier: str

    def invoke(self, event: Any) -> Any:
        """Invoke the function and return its answer; the first call waits for the start. Raises ContainerError."""
        request = urllib.request.Request(EMULATOR, json.dumps(event).encode())
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with urllib.request.urlopen(request, timeout=INVOKE_SECONDS) as response:
                    return json.load(response)
            except (ConnectionError, urllib.error.URLError) as error:
                if time.monotonic() > deadline or not self._runs():
                    raise ContainerError(f"the function does not answer ({error}); its log:\n{self.log()}") from error
                time.sleep(0.01)

    def peak_memory(self) -> int:
        """Return the container's peak memory in MB, including the page cache."""
        return int(_docker("exec", self.identifier, "sh", "-c", f"{PEAK} || true")) >> 20

    def temporary_files(self) -> list[str]:
        """Return the names of the files in /tmp."""
        return _docker("exec", self.identifier, "ls", "-A", "/tmp").split()  # noqa: S108 - the container's own

    def log(self) -> str:
        """Return the output of the function and the emulator."""
        read = subprocess.run(["docker", "logs", self.identifier], capture_output=True, text=True, check=False)
        return read.stdout + read.stderr

    def _runs(self) -> bool:
        return _docker("inspect", "--format", "{{.State.Running}}", self.identifier) == "true"


@contextlib.contextmanager
def run_container(image: str, handler: str, environment: Mapping[str, str], memory: int) -> Iterator[Container]:
    """Run the image with this handler and `memory` MB; the container is removed at the end. Raises ContainerError."""
    settings = {**environment, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory)}
    variables = [f"--env={name}={value}" for name, value in settings.items()]
    limits = (f"--memory={memory}m", f"--memory-swap={memory}m")
    container = Container(_docker("run", "--detach", *FLAGS, *limits, *variables, image, handler))
    try:
        yield container
    finally:
        _docker("rm", "--force", container.identifier)


def _docker(*arguments: str) -> str:
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ContainerError(f"docker {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.strip()
