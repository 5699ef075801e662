"""Parses the parameters of a list: each is checked, and an error says what it takes."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from function.errors import RequestError
from function.index import postings, shelves

DEFAULT_LIMIT, LARGEST_LIMIT = 60, 200
PLACE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d#[a-z2-7]{24}")
# An unknown filter is repeated in the answer up to this many characters.
LONGEST_NAME = 100
ALL_SHELVES = (shelves.LIBRARY, shelves.FAILED, shelves.SKIPPED, shelves.DELETED)
# From a parameter's name to what it takes; all others are names of facets.
PARAMETERS = {
    "shelf": f"one of {', '.join(ALL_SHELVES)}",
    "limit": f"a whole number from 1 to {LARGEST_LIMIT}",
    "cursor": "the cursor of the page before",
    "from": "a day as YYYY-MM-DD",
    "to": "a day as YYYY-MM-DD",
}
# What the values of some terms look like; all others take a text.
LOOKS_LIKE = {
    "on": (re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"), "a day of the year as MM-DD"),
    "favourite": (re.compile(postings.FAVOURITE), postings.FAVOURITE),
    "rating": (re.compile(r"-1|[1-5]"), "a whole number from 1 to 5, or -1 for what was rejected"),
    "state": (re.compile(r"partial|flagged"), "partial or flagged"),
}
TEXT = (re.compile(r"(?s).*\S.*"), "a text")
# Before the first and after the last place that there can be.
FIRST, LAST = "0", "~"


@dataclass(frozen=True)
class Query:
    """A list: a shelf, or the photos with one value of a facet; its limit, its cursor, its first and last day."""

    shelf: str = shelves.LIBRARY
    term: str | None = None
    value: str = ""
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    first_day: date | None = None
    last_day: date | None = None

    @staticmethod
    def of(parameters: Mapping[str, str]) -> "Query":
        """The query of a request's parameters. Raises RequestError, which says what the parameter takes."""
        first_day, last_day = _day("from", parameters.get("from")), _day("to", parameters.get("to"))
        if first_day and last_day and first_day > last_day:
            raise RequestError("from takes a day that is not after the day of to.")
        term = _term(parameters)
        return Query(
            shelf=_shelf(parameters.get("shelf", shelves.LIBRARY), term),
            term=term,
            value=_value(term, parameters[term]) if term else "",
            limit=limit(parameters),
            cursor=parameters.get("cursor"),
            first_day=first_day,
            last_day=last_day,
        )

    @property
    def span(self) -> tuple[str, str]:
        """The first and the last place that the days include."""
        first = f"{self.first_day}T00:00:00" if self.first_day else FIRST
        return first, f"{self.last_day}T{LAST}" if self.last_day else LAST

    @property
    def after(self) -> str | None:
        """The place that the cursor stands for. Raises RequestError."""
        if self.cursor is None:
            return None
        place, (first, last) = read_cursor(self.cursor), self.span
        if not PLACE.fullmatch(place) or not first <= place <= last:
            raise RequestError("cursor takes the cursor of the page before, with the same days.")
        return place


def takes(facet: str) -> str:
    """Describe the values that a facet can be listed by."""
    return LOOKS_LIKE.get(facet, TEXT)[1]


def limit(parameters: Mapping[str, str]) -> int:
    """Parse the limit of a page. Raises RequestError."""
    text = parameters.get("limit", str(DEFAULT_LIMIT))
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LARGEST_LIMIT):
        raise RequestError(f"limit takes {PARAMETERS['limit']}.")
    return int(text)


def cursor(reached: str | None) -> str | None:
    """The cursor of the next page, where there is one."""
    return base64.urlsafe_b64encode(reached.encode()).decode().rstrip("=") if reached else None


def read_cursor(text: str) -> str:
    """Decode a cursor; an empty text where it is none."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""


def _term(parameters: Mapping[str, str]) -> str | None:
    known = ", ".join((*postings.FACETS, *PARAMETERS))
    for name in parameters:
        if name not in postings.FACETS and name not in PARAMETERS:
            raise RequestError(f"Unknown filter '{name[:LONGEST_NAME]}'. The filters are {known}.")
    asked = [name for name in parameters if name in postings.FACETS]
    if len(asked) > 1:
        raise RequestError(
            f"Photos are listed by one filter at a time, not by {' and '.join(asked)}: "
            "choose one of them; from and to limit it to days."
        )
    return asked[0] if asked else None


def _value(term: str, text: str) -> str:
    if not LOOKS_LIKE.get(term, TEXT)[0].fullmatch(text):
        raise RequestError(f"{term} takes {takes(term)}.")
    return postings.cleaned(text)


def _shelf(text: str, term: str | None) -> str:
    if text not in ALL_SHELVES:
        raise RequestError(f"shelf takes {PARAMETERS['shelf']}.")
    if term and text != shelves.LIBRARY:
        raise RequestError(f"shelf takes {shelves.LIBRARY} beside {term}: other shelves are listed as a whole.")
    return text


def _day(name: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RequestError(f"{name} takes {PARAMETERS[name]}.") from None
