"""What of Docker the local mode needs to run the functions in their image."""

import subprocess

from local.emulator import StartError

GATEWAY = "{{range .IPAM.Config}}{{.Gateway}}{{end}}"


def bridge(image: str) -> str:
    """The address of this machine as its containers see it. Raises StartError where they cannot run the image."""
    _ask("Docker cannot be reached", "version")
    _ask(f"Docker has no image {image}; `make image` builds it", "image", "inspect", image)
    return _ask("Docker has no bridge network", "network", "inspect", "bridge", "--format", GATEWAY)


def _ask(fault: str, *arguments: str) -> str:
    try:
        return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True).stdout.strip()
    except OSError as error:
        raise StartError(f"{fault}: {error.strerror}") from None
    except subprocess.CalledProcessError as error:
        raise StartError(f"{fault}: {(error.stderr.strip().splitlines() or [error.returncode])[-1]}") from None
