"""Whom the SDK trusts: all its connections share what the file of certificates says.

By itself the SDK reads the file anew for each connection, which takes a processor 20 milliseconds.
"""

import ssl
from functools import cache
from typing import Any

from botocore import httpsession

_made = httpsession.create_urllib3_context


class CachingSSLContext(ssl.SSLContext):
    """A context that reads each of the places that certificates lie in once."""

    def __init__(self, *_: Any) -> None:
        self._read: set[tuple[Any, ...]] = set()

    def load_verify_locations(self, *places: Any, **named: Any) -> None:
        """Trust the certificates in these places."""
        asked = (*places, *sorted(named.items()))
        if asked not in self._read:
            super().load_verify_locations(*places, **named)
            self._read.add(asked)  # by then, so that a connection made at the same time does not go without


def share_tls_context() -> None:
    """Let the SDK's clients, of whichever session, share one context from now on."""
    httpsession.SSLContext = CachingSSLContext  # type: ignore[attr-defined]
    httpsession.create_urllib3_context = cache(_made)
