"""Checks Docker for running the functions in their image."""

import subprocess
from urllib.parse import urlsplit

from local.emulator.process import StartError

GATEWAY = "{{range .IPAM.Config}}{{.Gateway}}{{end}}"


def bridge(image: str) -> str:
    """Return this machine's address for containers. Raises StartError if Docker cannot run the image."""
    _ask("Docker cannot be reached", "version")
    _ask(f"Docker has no image {image}; `make image` builds it", "image", "inspect", image)
    return _ask("Docker has no bridge network", "network", "inspect", "bridge", "--format", GATEWAY)


def require_reachable(endpoint: str) -> None:
    """Raise StartError for a loopback address, which in a container means the container itself."""
    if urlsplit(endpoint).hostname in ("localhost", "127.0.0.1", "::1"):
        raise StartError(f"containers cannot reach the store at {endpoint}; give it by this machine's own address")


def _ask(fault: str, *arguments: str) -> str:
    try:
        return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True).stdout.strip()
    except OSError as error:
        raise StartError(f"{fault}: {error.strerror}") from None
    except subprocess.CalledProcessError as error:
        raise StartError(f"{fault}: {(error.stderr.strip().splitlines() or [error.returncode])[-1]}") from None
