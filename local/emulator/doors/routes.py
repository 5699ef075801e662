"""Matches a request with the declared routes of the HTTP API."""

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Routes:
    """The API behind the gallery's door: its id, and the keys of its routes, such as `GET /photos/{id}`."""

    api: str
    keys: tuple[str, ...]

    def match(self, method: str, path: str) -> bool:
        """Tell whether a route is declared for this method and decoded path."""
        return any(_pattern(key).fullmatch(f"{method} {path}") for key in self.keys)


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("".join(_part(part) for part in re.split(r"(^ANY|\{[^}]+\})", key)), re.DOTALL)


def _part(part: str) -> str:
    if part == "ANY":
        return "[A-Z]+"
    if not part.startswith("{"):
        return re.escape(part)
    return ".+" if part.endswith("+}") else "[^/]+"
