"""EXIF's values as plain ones: text, whole numbers, numbers, exposure times."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

LONGEST = 500


def values(tags: Mapping[str, Any], name: str) -> list[Any]:
    """The tag's values as a list; empty where there is no such tag."""
    found = tags.get(name)
    held = getattr(found, "values", [])
    # ExifRead gives floating point numbers as tuples of one.
    return [value[0] if isinstance(value, tuple) else value for value in held] if isinstance(held, list) else [held]


def plain(tags: Mapping[str, Any], name: str) -> str | None:
    """The tag as text without padding; None where nothing is left."""
    found = tags.get(name)
    cleaned = str(found).split("\x00", maxsplit=1)[0].strip() if found is not None else ""
    return cleaned[:LONGEST] or None


def ratio(value: Any) -> Fraction | None:
    """A value as a fraction; None where it is none, or divides by zero."""
    try:
        return Fraction(value.num, value.den) if hasattr(value, "num") else Fraction(value)
    except (ValueError, TypeError, ZeroDivisionError):
        return None


def number(tags: Mapping[str, Any], name: str) -> float | None:
    """The tag's first value as a number that is not zero."""
    found = [ratio(value) for value in values(tags, name)[:1]]
    return round(float(found[0]), 4) if found and found[0] and found[0] > 0 else None


def whole(tags: Mapping[str, Any], name: str) -> int | None:
    """The tag's first value as a whole number that is not zero."""
    found = number(tags, name)
    return int(found) if found else None


def exposure(tags: Mapping[str, Any], name: str) -> str | None:
    """The exposure time in seconds as photographers write it: 1/250, or 2.5."""
    found = [ratio(value) for value in values(tags, name)[:1]]
    if not found or not found[0] or found[0] <= 0:
        return None
    time = found[0]
    return f"1/{round(1 / time)}" if time < Fraction(1, 3) else f"{float(time):.3g}"
