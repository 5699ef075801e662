"""How one configuration value is read and checked: each check returns the value or says what it takes."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from function.contract.inbox import INBOX_PATTERN_HELP, is_inbox_pattern


class RefusedError(ValueError):
    """A value that a setting does not take; the message says what it does take."""


Check = Callable[[Any], Any]


@dataclass(frozen=True)
class Option:
    """One setting as the user meets it: how a value is checked and one line of help."""

    check: Check
    help: str


def flag(value: Any) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    raise RefusedError("true or false")


def text(value: Any) -> str:
    """A text that is not empty."""
    if isinstance(value, str) and value.strip():
        return value
    raise RefusedError("a text that is not empty")


def number(lowest: int, highest: int, step: int = 1) -> Check:
    """A whole number in a range, both ends included."""

    def check(value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest and value % step == 0:
            return value
        multiple = f", a multiple of {step}" if step > 1 else ""
        raise RefusedError(f"a whole number from {lowest} to {highest}{multiple}")

    return check


def one_of(choices: Collection[Any]) -> Check:
    """One of a few values."""

    def check(value: Any) -> Any:
        if value in choices and not isinstance(value, bool):
            return value
        raise RefusedError("one of " + ", ".join(map(str, choices)))

    return check


def prefix(value: Any) -> str:
    """The beginning of an object key: a folder's name with a slash behind it."""
    if isinstance(value, str) and re.fullmatch(r"([^/\s]+/)+", value):
        return value
    raise RefusedError("a folder's name with a slash behind it, such as originals/")


def inbox_pattern(value: Any) -> str:
    """Where photos from the inbox go."""
    if isinstance(value, str) and is_inbox_pattern(value):
        return value
    raise RefusedError(INBOX_PATTERN_HELP)


def https_url(value: Any) -> str:
    """An address that begins with https:// and has no slash at its end."""
    if isinstance(value, str) and value.startswith("https://") and not value.endswith("/") and " " not in value:
        return value
    raise RefusedError("an address that begins with https:// and does not end with a slash")


def email(value: Any) -> str:
    """An e-mail address."""
    if isinstance(value, str) and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return value
    raise RefusedError("an e-mail address")


def image_digest(value: Any) -> str:
    """An image in a registry of the account, by its digest: a tag can be moved to another image."""
    if isinstance(value, str) and re.fullmatch(r"\S+/\S+@sha256:[0-9a-f]{64}", value):
        return value
    raise RefusedError("an image by its digest, as registry/name@sha256:...")


def optional(check: Check) -> Check:
    """The same check, where nothing is allowed too."""

    def either(value: Any) -> Any:
        return None if value is None else check(value)

    return either
