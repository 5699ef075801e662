"""Checks single configuration values: each check returns the value or raises RefusedError."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from function.contract.inbox import INBOX_PATTERN_HELP, is_inbox_pattern


class RefusedError(ValueError):
    """A value that a setting refuses; the message describes the values that it accepts."""


Check = Callable[[Any], Any]


@dataclass(frozen=True)
class Option:
    """A setting's check and its line of help."""

    check: Check
    help: str


def flag(value: Any) -> bool:
    """Check for true or false."""
    if isinstance(value, bool):
        return value
    raise RefusedError("true or false")


def text(value: Any) -> str:
    """Check for a text that is not empty."""
    if isinstance(value, str) and value.strip():
        return value
    raise RefusedError("a text that is not empty")


def number(lowest: int, highest: int, step: int = 1) -> Check:
    """Make a check for a whole number in a range, both ends included."""

    def check(value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest and value % step == 0:
            return value
        multiple = f", a multiple of {step}" if step > 1 else ""
        raise RefusedError(f"a whole number from {lowest} to {highest}{multiple}")

    return check


def one_of(choices: Collection[Any]) -> Check:
    """Make a check for one of these values."""

    def check(value: Any) -> Any:
        if value in choices and not isinstance(value, bool):
            return value
        raise RefusedError("one of " + ", ".join(map(str, choices)))

    return check


def prefix(value: Any) -> str:
    """Check for a prefix of object keys: a folder's name followed by a slash."""
    if isinstance(value, str) and re.fullmatch(r"([^/\s]+/)+", value):
        return value
    raise RefusedError("a folder's name with a slash behind it, such as originals/")


def inbox_pattern(value: Any) -> str:
    """Check for a pattern of the keys to which photos from the inbox are moved."""
    if isinstance(value, str) and is_inbox_pattern(value):
        return value
    raise RefusedError(INBOX_PATTERN_HELP)


def https_url(value: Any) -> str:
    """Check for an address that begins with https:// and does not end with a slash."""
    if isinstance(value, str) and value.startswith("https://") and not value.endswith("/") and " " not in value:
        return value
    raise RefusedError("an address that begins with https:// and does not end with a slash")


def email(value: Any) -> str:
    """Check for an e-mail address."""
    if isinstance(value, str) and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return value
    raise RefusedError("an e-mail address")


def image_digest(value: Any) -> str:
    """Check for an image in a registry of the account, by its digest: a tag could be moved to another image."""
    if isinstance(value, str) and re.fullmatch(r"\S+/\S+@sha256:[0-9a-f]{64}", value):
        return value
    raise RefusedError("an image by its digest, as registry/name@sha256:...")


def optional(check: Check) -> Check:
    """Make a check that also accepts no value."""

    def either(value: Any) -> Any:
        return None if value is None else check(value)

    return either
