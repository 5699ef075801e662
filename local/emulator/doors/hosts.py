"""Checks the Host header against DNS rebinding: a page whose name was rebound to this machine sends its own name."""

import re
from dataclasses import dataclass

from ministack.services import s3

from local.emulator.doors.refusals import Refused
from local.emulator.doors.request import Request

NAMES = ("localhost", "127.0.0.1", "[::1]")
# S3's virtual-hosted style. A name in .localhost always means this machine (RFC 6761), so it cannot be rebound.
VIRTUAL_HOST = re.compile(r"([a-z0-9][a-z0-9-]{1,61}[a-z0-9])(?:\.s3)?\.localhost")
PORT = re.compile(r":[0-9]+$")


@dataclass(frozen=True)
class Hosts:
    """The host names of this machine, for the gallery's door and for AWS clients; for containers, the bridge too."""

    bridge: str | None = None

    def require_own(self, request: Request) -> None:
        """Raise Refused (403) unless the Host header is the gallery's own."""
        if request.header("host").lower() not in _with_port(NAMES, request.port):
            raise Refused.plain(403, f"This library answers at http://localhost:{request.port}/ and no other name.")

    def require_endpoint(self, request: Request) -> None:
        """Raise Refused (403) unless the Host header is that of the AWS endpoint, or of one of its buckets.

        The port is not checked, because a client behind a tunnel or a proxy signs the port that it connects to.
        """
        names = (*NAMES, self.bridge) if self.bridge else NAMES
        name = PORT.sub("", request.header("host").lower())
        if name not in names and not virtual_bucket(request):
            raise Refused.plain(403, f"This endpoint answers at http://localhost:{request.port} and no other name.")


def virtual_bucket(request: Request) -> str | None:
    """Return the existing bucket in a virtual-hosted-style host name, or None."""
    found = VIRTUAL_HOST.fullmatch(PORT.sub("", request.header("host").lower()))
    return found[1] if found and is_bucket(found[1]) else None


def is_bucket(name: str) -> bool:
    """Tell whether a bucket with this name exists."""
    return s3._bucket_owner_account(name) is not None  # noqa: SLF001 - MiniStack's own lookup


def _with_port(names: tuple[str, ...], port: int) -> set[str]:
    return {f"{name}:{port}" for name in names}
