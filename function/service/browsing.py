"""Looks photos up, page by page, and puts one into the trash."""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from function import shelves
from function.errors import NotFoundError, RequestError
from function.ports import Index, Originals, Page, Tasks
from function.service import ledger
from function.values import Photo, State

DEFAULT_LIMIT, LARGEST_LIMIT = 60, 200
PLACE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d#[a-z2-7]{24}")
ALL_SHELVES = (shelves.LIBRARY, shelves.FAILED, shelves.DELETED)
REPROCESS = "reprocess"
# Before the first and after the last place that there can be.
FIRST, LAST = "0", "~"


@dataclass(frozen=True)
class Query:
    """What of a shelf to list: how many, after which cursor, between which days, both included."""

    shelf: str = shelves.LIBRARY
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    first_day: date | None = None
    last_day: date | None = None

    @staticmethod
    def of(parameters: dict[str, str]) -> "Query":
        """The query of a request's parameters. Raises RequestError, which says what the parameter takes."""
        first_day, last_day = _day("from", parameters.get("from")), _day("to", parameters.get("to"))
        if first_day and last_day and first_day > last_day:
            raise RequestError("from takes a day that is not after the day of to.")
        return Query(
            shelf=_shelf(parameters.get("shelf", shelves.LIBRARY)),
            limit=_limit(parameters.get("limit", str(DEFAULT_LIMIT))),
            cursor=parameters.get("cursor"),
            first_day=first_day,
            last_day=last_day,
        )


@dataclass(frozen=True)
class Listing:
    """A page of photos, and the cursor of the next one, where there is one."""

    photos: tuple[Photo, ...]
    cursor: str | None


@dataclass(frozen=True)
class Browsing:
    """The library as its owner looks at it."""

    index: Index
    originals: Originals
    originals_prefix: str
    tasks: Tasks

    def listing(self, query: Query) -> Listing:
        """One page of a shelf, newest first; it costs one query, whatever the size of the library."""
        first = f"{query.first_day}T00:00:00" if query.first_day else FIRST
        last = f"{query.last_day}T{LAST}" if query.last_day else LAST
        after = _after(query.cursor, first, last)
        page: Page = self.index.shelf(query.shelf, first=first, last=last, after=after, limit=query.limit)
        return Listing(page.photos, _cursor(page.after) if page.after else None)

    def photo(self, identifier: str) -> Photo:
        """The photo with this id. Raises NotFoundError."""
        found = self.index.get(identifier)
        if not found or found.state == State.DELETED:
            raise NotFoundError("There is no photo with this id.")
        return found

    def delete(self, identifier: str) -> None:
        """Put the photo into the trash: its original stays as an older version, as long as the stack keeps these."""
        photo = self.photo(identifier)
        self.originals.delete(self.originals_prefix + photo.key)
        # The removal's own event does the rest; this keeps the photo out of the very next page.
        told = ledger.continued(photo, ledger.deleted())
        self.index.put(photo.revised(state=State.DELETED, updated=datetime.now(UTC), ledger=told))

    def reprocess(self, identifier: str) -> None:
        """Have the photo taken in again; the worker does it in a moment."""
        self.tasks.send(REPROCESS, [self.originals_prefix + self.photo(identifier).key])


def _shelf(text: str) -> str:
    if text not in ALL_SHELVES:
        raise RequestError(f"shelf takes one of {', '.join(ALL_SHELVES)}.")
    return text


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LARGEST_LIMIT):
        raise RequestError(f"limit takes a whole number from 1 to {LARGEST_LIMIT}.")
    return int(text)


def _day(name: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RequestError(f"{name} takes a day as YYYY-MM-DD.") from None


def _cursor(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _after(cursor: str | None, first: str, last: str) -> str | None:
    if cursor is None:
        return None
    try:
        place = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        place = ""
    if not PLACE.fullmatch(place) or not first <= place <= last:
        raise RequestError("cursor takes the cursor of the page before, with the same days.")
    return place
