"""Checks Docker for running the functions in their image."""

import subprocess
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from local.emulator.process import StartError

# One line for each address range of the network: its subnet and, where Docker states it, this machine's address in it.
RANGES = "{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}\n{{end}}"


def bridge(image: str) -> str:
    """Return this machine's address for containers. Raises StartError if Docker cannot run the image."""
    _ask("Docker cannot be reached", "version")
    _ask(f"Docker has no image {image}; `make image` builds it", "image", "inspect", image)
    ranges = _ask("Docker has no bridge network", "network", "inspect", "bridge", "--format", RANGES).splitlines()
    addresses = [_gateway(*line.split()) for line in ranges if line.strip()]
    v4 = next((address for address in addresses if address.version == 4), None)  # noqa: PLR2004 - IPv4
    if v4 is None:
        raise StartError("Docker's bridge network has no address for this machine; restart Docker")
    return str(v4)


def _gateway(subnet: str, stated: str = "") -> IPv4Address | IPv6Address:
    """Return this machine's address in a subnet: the stated one, else the first, which Docker gives to the bridge."""
    return ip_address(stated or str(next(iter(ip_network(subnet).hosts()))))


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
