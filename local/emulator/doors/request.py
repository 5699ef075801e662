"""Parses an ASGI scope into the parts that the doors check."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from local.emulator.doors.refusals import Refused

Scope = dict[str, Any]
# Headers with the caller or the address: of two values, different parts could read different ones.
SINGLE = ("authorization", "host", "origin", "x-amz-target")


@dataclass(frozen=True)
class Request:
    """A request's head: `path` is decoded, `raw_path` as it was sent; header names are in lower case.

    The values of a repeated header are joined by a comma, as SigV4 signs them.
    """

    method: str
    path: str
    raw_path: str
    query: Mapping[str, Sequence[str]]
    headers: Mapping[str, str]
    port: int

    @classmethod
    def parse(cls, scope: Scope) -> "Request":
        """Parse a scope. Raises Refused (400) for a target that is not ASCII, or a header that may not be repeated."""
        raw_path, query = scope.get("raw_path") or b"", scope.get("query_string") or b""
        if not raw_path.isascii() or not query.isascii():
            raise Refused.plain(400, "The address of a request is ASCII; encode other characters with %.")
        names = Counter(name.lower().decode("latin-1") for name, _ in scope["headers"])
        if repeated := [name for name in SINGLE if names[name] > 1]:
            raise Refused.plain(400, f"The header {repeated[0]} was sent more than once.")
        return cls(
            method=scope["method"],
            path=scope["path"],
            raw_path=raw_path.decode(),
            query=parse_qs(query.decode(), keep_blank_values=True),
            headers=_headers(scope["headers"]),
            port=scope["server"][1],
        )

    def header(self, name: str) -> str:
        """Return the header's value, or an empty text."""
        return self.headers.get(name, "")


def _headers(pairs: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw_name, raw_value in pairs:
        name, value = raw_name.lower().decode("latin-1"), _text(raw_value)
        found[name] = f"{found[name]},{value}" if name in found else value
    return found


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
