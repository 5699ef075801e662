"""What is written in tags as plain values: text, numbers, exposure times. What is no such value is None."""

import re
from collections.abc import Iterable
from fractions import Fraction

LONGEST = 500
# What has no default language is given with the languages' names.
LANGUAGE = re.compile(r'lang="[^"]*" (.*?)(?:, lang="|$)', re.DOTALL)
# EXIF says before a comment in what it is written.
CHARSET = re.compile(r'charset="?\w+"? ')
# Of bounded length: Fraction takes exponents too, and 1e999999999 has as many digits.
RATIO = re.compile(r"\s*[+-]?\d{1,20}(?:/\d{1,20}|\.\d{1,20})?(?=\s|$)", re.ASCII)
# What cameras write as a caption when nobody wrote one.
NOT_SAID = {
    "OLYMPUS DIGITAL CAMERA",
    "SONY DSC",
    "MINOLTA DIGITAL CAMERA",
    "SAMSUNG",
    "default",
    "untitled",
    "Untitled",
}


def plain(written: str) -> str | None:
    """Text without padding, in the default language, of bounded length."""
    language = LANGUAGE.match(written)
    cleaned = (language[1] if language else CHARSET.sub("", written, count=1)).split("\x00", maxsplit=1)[0].strip()
    return cleaned[:LONGEST] or None


def said(written: str) -> str | None:
    """Text that somebody wrote."""
    found = plain(written)
    return None if found in NOT_SAID else found


def windows(written: str) -> str | None:
    """Text as Windows writes it into EXIF: the bytes of UTF-16, in decimal."""
    try:
        found = bytes(map(int, written.split())).decode("utf-16-le", errors="ignore")
    except ValueError:
        return None
    return plain(found)


def number(written: str) -> float | None:
    """The first of the numbers, above zero."""
    found = ratio(written)
    return round(float(found), 4) if found and found > 0 else None


def whole(written: str) -> int | None:
    """The first of the numbers, whole and above zero."""
    found = number(written)
    return int(found) if found else None


def exposure(written: str) -> str | None:
    """The exposure time in seconds as photographers write it: 1/250, or 2.5."""
    time = ratio(written)
    if not time or time <= 0:
        return None
    return f"1/{round(1 / time)}" if time < Fraction(1, 3) else f"{float(time):.3g}"


def ratio(written: str) -> Fraction | None:
    """The first of the numbers, as a fraction."""
    found = RATIO.match(written)
    try:
        return Fraction(found[0].strip()) if found else None
    except ZeroDivisionError:
        return None


def within(low: int, high: int, written: str) -> int | None:
    """A whole number between the two."""
    found = ratio(written)
    return int(found) if found is not None and low <= found <= high else None


def distinct(found: Iterable[str | None]) -> tuple[str, ...]:
    """Each text once, in the order of the first."""
    return tuple(dict.fromkeys(text for text in found if text))
