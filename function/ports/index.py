"""Declares the ports of the index table: photos, postings, moves out of the inbox, the monthly budget.

Each method raises ServiceUnavailableError where the table cannot be reached or throttles the call.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from function.index.postings import Posting
from function.values.photo import Photo


class WriteResult(Enum):
    """Results of a conditional write: WRITTEN, or CONFLICT where the table holds another revision of the photo."""

    WRITTEN = "written"
    CONFLICT = "conflict"

    def __bool__(self) -> bool:
        """Raise TypeError: an enum member is true, so `if result` would take a conflict for success."""
        raise TypeError("compare a WriteResult with one of its members")


@dataclass(frozen=True)
class Move:
    """The target key of a move, below the originals prefix, and its time."""

    target: str
    when: datetime


@dataclass(frozen=True)
class Page:
    """One page of a shelf. `after` is the sort key to continue behind; None on the last page."""

    photos: tuple[Photo, ...]
    after: str | None


@dataclass(frozen=True)
class PostingRange:
    """A range of the postings of one value of one term: from sort key `first` to `last`, both included.

    A sort key is a local time and a photo id, `2006-10-04T12:00:00#abc...`; the bounds can be prefixes of one.
    """

    term: str
    value: str
    first: str
    last: str


@dataclass(frozen=True)
class Postings:
    """One page of postings. `after` is the sort key to continue behind; None on the last page."""

    postings: tuple[Posting, ...]
    after: str | None


@dataclass(frozen=True)
class TermValues:
    """One page of a term's values, sorted. `after` is the value to continue behind; None on the last page."""

    values: tuple[str, ...]
    after: str | None


class Index(Protocol):
    """Reads and writes the photos of the index table."""

    def get(self, identifier: str) -> Photo | None:
        """Read the photo with this id. Returns None where there is none."""

    def get_many(self, identifiers: Sequence[str]) -> list[Photo]:
        """Read the photos with these ids, in no order. Ids without a photo are left out."""

    def put(self, photo: Photo) -> WriteResult:
        """Write the photo over the revision before its own. Returns CONFLICT where the table holds another one."""

    def put_all(self, photos: Sequence[Photo]) -> WriteResult:
        """Write up to 100 photos in one transaction, each as `put` does. Returns CONFLICT where none was written."""

    def shelf(self, name: str, *, first: str, last: str, after: str | None, limit: int) -> Page:
        """Query at most `limit` photos of a shelf, newest first, with sort keys from `first` to `last`.

        `after` is the sort key to continue behind, of the page before. For sort keys, see PostingRange.
        """


class PostingStore(Protocol):
    """Reads and writes postings: the items by which photos are found by camera, city or keyword."""

    def add(self, postings: Sequence[Posting]) -> None:
        """Write these postings. Those that exist are written again unchanged."""

    def remove(self, photo: Photo, keys: Sequence[str]) -> WriteResult:
        """Remove the postings with these keys, on condition that the table holds this revision of the photo.

        Returns CONFLICT where it holds another one; keys are removed in transactions, so earlier ones may be gone.
        """

    def query(self, span: PostingRange, *, after: str | None, limit: int) -> Postings:
        """Query at most `limit` postings of a range, newest first. `after` is the sort key to continue behind."""

    def query_prefix(self, term: str, start: str, limit: int) -> tuple[Posting, ...]:
        """Query at most `limit` postings of a term whose normalized values start with `start`."""

    def distinct_values(self, term: str, *, after: str | None, limit: int) -> TermValues:
        """Query at most `limit` values of a term that sort behind the value `after`, each once.

        Returns fewer, with a value to continue behind, where more would take too long.
        """


class Budget(Protocol):
    """Counts the analysed pictures of each month, written as `2026-01`."""

    def reserve(self, month: str, limit: int) -> bool:
        """Count one picture. Returns False and counts nothing where the month has reached `limit`."""

    def release(self, month: str) -> None:
        """Take back one reserved picture that was not analysed."""


class Moves(Protocol):
    """Remembers where each inbox file was moved to, so that its sidecar can follow it."""

    def remember(self, source: str, target: str, kept: timedelta) -> None:
        """Store the target of a move made now, for at least `kept`, over an earlier move of this source."""

    def find(self, source: str) -> Move | None:
        """Read the last move of this source. Returns None where none is stored."""
