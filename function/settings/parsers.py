"""Parses the text of a variable. The message of a ValueError names the values that the variable takes."""

import json
from typing import Any
from urllib.parse import urlsplit

from function.contract.inbox import INBOX_PATTERN_HELP, is_inbox_pattern
from function.contract.recipe import EXTENSIONS, Recipe, RenditionSpec

# SigV4 allows presigned URLs of at most seven days.
LONGEST_SIGNATURE_SECONDS = 7 * 24 * 3600
RECIPE = (
    f"renditions as JSON, each with a size of its own in pixels, a quality of 1 to 100, one of {', '.join(EXTENSIONS)}"
)
# The memory of the function itself, beside its decoders, and the function's default memory, in MB.
FUNCTION_MEMORY, DEFAULT_MEMORY = 256, 2048
# The fields of each kind of sign-in.
SIGN_IN = {"cognito": ("endpoint", "client_id"), "oidc": ("issuer", "client_id")}


def non_empty(raw: str) -> str:
    """Parse a text that is not empty."""
    if not raw:
        raise ValueError("a text that is not empty")
    return raw


def optional_text(raw: str) -> str | None:
    """Parse a text. Returns None for an empty one."""
    return raw or None


def endpoint(raw: str) -> str:
    """Parse the URL of a server. Returns it without a slash at its end."""
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("the address of a server, such as http://localhost:9000")
    return raw.rstrip("/")


def region(raw: str) -> str:
    """Parse the region of signatures. Returns us-east-1, the default of most stores, for an empty text."""
    return raw or "us-east-1"


def prefix(raw: str) -> str:
    """Parse a prefix of keys."""
    if not raw.endswith("/") or raw.startswith("/"):
        raise ValueError("a prefix that ends with a slash and starts with none")
    return raw


def inbox_pattern(raw: str) -> str:
    """Parse the pattern of the keys that inbox files get."""
    if not is_inbox_pattern(raw):
        raise ValueError(INBOX_PATTERN_HELP)
    return raw


def seconds(raw: str) -> int:
    """Parse the lifetime of presigned URLs, in seconds."""
    if not (raw.isascii() and raw.isdigit() and 1 <= int(raw) <= LONGEST_SIGNATURE_SECONDS):
        raise ValueError(f"a number of seconds from 1 to {LONGEST_SIGNATURE_SECONDS}")
    return int(raw)


def positive_int(raw: str) -> int:
    """Parse a whole number from 1."""
    if not (raw.isascii() and raw.isdigit() and int(raw)):
        raise ValueError("a whole number from 1")
    return int(raw)


def decoder_memory(raw: str) -> int:
    """Parse the function's memory in MB. Returns the decoders' part of it in bytes."""
    memory = raw or str(DEFAULT_MEMORY)
    if not (memory.isascii() and memory.isdigit() and int(memory) > FUNCTION_MEMORY):
        raise ValueError(f"a number of MB above {FUNCTION_MEMORY}")
    return (int(memory) - FUNCTION_MEMORY) << 20


def recipe(raw: str) -> Recipe:
    """Parse the recipe from JSON."""
    try:
        specs = tuple(RenditionSpec(**spec) for spec in json.loads(raw))
    except (ValueError, TypeError):
        specs = ()
    if not specs or not all(map(_can_be_made, specs)) or len({spec.size for spec in specs}) < len(specs):
        raise ValueError(RECIPE)
    return specs


def sign_in(raw: str) -> dict[str, str]:
    """Parse the gallery's sign-in from JSON. Returns its fields."""
    described = _object(raw)
    for kind, names in SIGN_IN.items():
        if described.get("kind") == kind and all(isinstance(described.get(name), str) for name in names):
            return described
    kinds = " or ".join(f"{kind} with {' and '.join(names)}" for kind, names in SIGN_IN.items())
    raise ValueError(f"where to sign in, as JSON: a kind, which is {kinds}")


def _can_be_made(spec: RenditionSpec) -> bool:
    whole = type(spec.size) is int and type(spec.quality) is int
    return whole and spec.size >= 1 and 1 <= spec.quality <= 100 and spec.format in EXTENSIONS  # noqa: PLR2004 - percent


def _object(raw: str) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
