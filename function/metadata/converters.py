"""Converts the values of tags: text, numbers, exposure times. A value of another kind becomes None."""

import re
from collections.abc import Iterable
from fractions import Fraction

from function.metadata.automatic import is_automatic

LONGEST = 500
PATH = re.compile(r"[|/\\]")
# What has no default language is given with the languages' names.
LANGUAGE = re.compile(r'lang="[^"]*" (.*?)(?:, lang="|$)', re.DOTALL)
# EXIF says before a comment in what it is written.
CHARSET = re.compile(r'charset="?\w+"? ')
# Of bounded length: Fraction takes exponents of any size, and 1e999999999 has as many digits.
RATIO = re.compile(r"\s*[+-]?\d{1,20}(?:/\d{1,20}|(?:\.\d{1,20})?(?:[eE][+-]?\d{1,2})?)(?=\s|$)", re.ASCII)
BYTES = re.compile(r"\d{1,3}(?: \d{1,3}){7,}")
NO_LENS = re.compile(
    r"[-\s0.]*|(?:0(?:\.0)? ?mm)? ?f/0(?:\.0)?|unknown.*|n/?a|none|no lens|65535|\(?null\)?", re.IGNORECASE
)
# All bits set: what firmware writes for an unknown number.
UNSET_NUMBERS = {0xFFFFFFFF, 0x7FFFFFFF, 0xFFFF}
# From here on an exposure is written as a fraction of a second, below as decimals, as cameras show it.
LONGEST_FRACTION = Fraction(25001, 100_000)
LONGEST_EXPOSURE = 7 * 24 * 3600


def plain(written: str) -> str | None:
    """Text without padding, in the default language, of bounded length."""
    language = LANGUAGE.match(written)
    cleaned = (language[1] if language else CHARSET.sub("", written, count=1)).split("\x00", maxsplit=1)[0].strip()
    return cleaned[:LONGEST] or None


def said(written: str) -> str | None:
    """Text that somebody wrote; None for what cameras and programs write by themselves."""
    found = plain(written)
    return None if found and is_automatic(found) else found


def comment(written: str) -> str | None:
    """EXIF's user comment, as far as it is text that somebody wrote: phones keep data of their own in it."""
    found = said(_of_bytes(written) if BYTES.fullmatch(written) else written)
    return found if found and found.isprintable() and not found.startswith(("{", "[", "<", "binary comment")) else None


def _of_bytes(written: str) -> str:
    """A comment whose bytes are written in decimal: eight name its characters' encoding."""
    content = bytes(int(byte) & 0xFF for byte in written.split())
    kind, text = content[:8].rstrip(b"\0 "), content[8:]
    if kind == b"UNICODE":
        # By its zeros: nearly all texts have some characters of Latin or a blank.
        return text.decode("utf-16-be" if text[::2].count(0) >= text[1::2].count(0) else "utf-16-le", errors="ignore")
    return text.decode(errors="replace") if kind in (b"ASCII", b"") else ""


def leaf(written: str) -> str | None:
    """The last part of a keyword that is written as a path, `Places|Italy|Rome` or `Places/Italy/Rome`."""
    found = plain(written)
    return plain(PATH.split(found)[-1]) if found else None


def windows(written: str) -> str | None:
    """Text as Windows writes it into EXIF: the bytes of UTF-16, in decimal."""
    try:
        found = bytes(map(int, written.split())).decode("utf-16-le", errors="ignore")
    except ValueError:
        return None
    return plain(found)


def lens(written: str) -> str | None:
    """A lens's name; None where the camera does not know its lens."""
    found = plain(written)
    return None if found and NO_LENS.fullmatch(found) else found


def stars(written: str) -> int | None:
    """Windows' rating in percent as stars: 1, 25, 50, 75 and 99 are one to five."""
    percent = within(0, 100, written)
    return None if percent is None else (percent + 36) // 25 if percent else 0


def number(written: str, most: int = 1_000_000) -> float | None:
    """The first of the numbers, above zero and not above `most`."""
    found = ratio(written)
    return round(float(found), 4) if found and 0 < found <= most and found not in UNSET_NUMBERS else None


def whole(written: str) -> int | None:
    """The first of the numbers, whole and above zero."""
    found = number(written)
    return int(found) if found else None


def exposure(written: str) -> str | None:
    """The exposure time in seconds as cameras show it: 1/250, 0.3, 2.5, 1234."""
    time = ratio(written)
    if not time or not 0 < time <= LONGEST_EXPOSURE:
        return None
    if time < LONGEST_FRACTION:
        return f"1/{round(1 / time)}"
    return f"{float(time):.1f}".removesuffix(".0")


def ratio(written: str) -> Fraction | None:
    """The first of the numbers, as a fraction."""
    found = RATIO.match(written)
    top, _, bottom = found[0].strip().partition("/") if found else ("", "", "")
    if bottom and top == bottom and int(top) in UNSET_NUMBERS:
        return None
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
