"""Checks the origin of a browser's request, and lets only the gallery's page read an answer.

Browsers name the page's origin in `Origin`, and how it relates to the address in `Sec-Fetch-Site` (W3C Fetch
Metadata); a page cannot change either. Other programs send neither.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from local.emulator.doors.hosts import NAMES
from local.emulator.doors.refusals import Refused, Send
from local.emulator.doors.request import Request

# Sent by the page itself, or for an address that the user typed.
OWN_SITES = {"", "same-origin", "none"}


@dataclass(frozen=True)
class Origins:
    """The origins of the gallery's page: its door by each name of this machine."""

    gallery_port: int

    def is_gallery(self, origin: str) -> bool:
        """Tell whether the origin is the gallery's."""
        return origin in {f"http://{name}:{self.gallery_port}" for name in NAMES}

    def require_gallery_or_none(self, request: Request) -> None:
        """Raise Refused (403) if the request has the origin of another page."""
        if request.header("origin") and not self.is_gallery(request.header("origin")):
            raise _another_page()

    def require_own_page(self, request: Request) -> None:
        """Raise Refused (403) if a page of another origin, or one that frames the gallery, sent the request.

        Navigation by a link from another page is admitted.
        """
        self.require_gallery_or_none(request)
        if request.header("sec-fetch-site") not in OWN_SITES and not _is_link(request):
            raise _another_page()

    def require_no_other_page(self, request: Request) -> None:
        """Raise Refused (403) if a browser sent the request from any page but the gallery's."""
        self.require_gallery_or_none(request)
        if not request.header("origin") and request.header("sec-fetch-site") not in OWN_SITES:
            raise _another_page()

    def limit_readers(self, request: Request, send: Send) -> Send:
        """Return a sender that limits CORS: answers for any origin become readable by the gallery alone."""
        origin = request.header("origin")
        allowed = origin.encode() if self.is_gallery(origin) else None

        async def send_limited(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _limit_headers(message.get("headers", ()), allowed)}
            await send(dict(message))

        return send_limited


def _is_link(request: Request) -> bool:
    navigates = request.header("sec-fetch-mode") == "navigate" and request.header("sec-fetch-dest") == "document"
    return request.method == "GET" and navigates


def _limit_headers(headers: Any, origin: bytes | None) -> list[tuple[bytes, bytes]]:
    kept = []
    for name, value in headers:
        lowered = name.lower()
        if not lowered.startswith(b"access-control-"):
            kept.append((name, value))
        elif origin and lowered == b"access-control-allow-origin":
            kept += [(name, origin), (b"vary", b"Origin")]
        elif origin and lowered != b"access-control-allow-credentials":
            kept.append((name, value))
    return kept


def _another_page() -> Refused:
    return Refused.plain(403, "A page of another origin has no access to this library.")
