"""The index table: photos, postings, moves out of the inbox and the monthly budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from function.index.postings import Posting
from function.values.photo import Photo


class WriteResult(Enum):
    """The result of a conditional write: it was done, or the photo is of another revision than the writer knew."""

    WRITTEN = "written"
    CONFLICT = "conflict"

    def __bool__(self) -> bool:
        """Refuse: a conflict that is taken for true would be lost."""
        raise TypeError("compare a WriteResult with one of its members")


@dataclass(frozen=True)
class Move:
    """Where something was moved, and when."""

    target: str
    when: datetime


@dataclass(frozen=True)
class Page:
    """Photos of a shelf, and the place after the last one, where there are more."""

    photos: tuple[Photo, ...]
    after: str | None


@dataclass(frozen=True)
class PostingRange:
    """A part of a list: one value of one term, between two places in the order of time, both included."""

    term: str
    value: str
    first: str
    last: str


@dataclass(frozen=True)
class Postings:
    """Postings of a list, and the place after the last one, where there are more."""

    postings: tuple[Posting, ...]
    after: str | None


@dataclass(frozen=True)
class TermValues:
    """Values of a term in their order, and the last one of them, where there may be more."""

    values: tuple[str, ...]
    after: str | None


class Index(Protocol):
    """The index table."""

    def get(self, identifier: str) -> Photo | None:
        """The photo with this id, or None."""

    def get_many(self, identifiers: Sequence[str]) -> list[Photo]:
        """The photos with these ids, as far as there are any, in no order."""

    def put(self, photo: Photo) -> WriteResult:
        """Write the photo over the revision before it. CONFLICT where the table has another revision."""

    def put_all(self, photos: Sequence[Photo]) -> WriteResult:
        """Write up to a hundred photos in one transaction, each as `put` does: all, or CONFLICT and none."""

    def shelf(self, name: str, *, first: str, last: str, after: str | None, limit: int) -> Page:
        """The photos of a shelf between two places in its order, newest first."""


class PostingStore(Protocol):
    """The lists of the index: by camera, by place, by keyword."""

    def add(self, postings: Sequence[Posting]) -> None:
        """Put these postings into their lists; those that are there stay."""

    def remove(self, photo: Photo, keys: Sequence[str]) -> WriteResult:
        """Remove the postings with these keys. CONFLICT, and none removed, where the photo has another revision."""

    def listed(self, span: PostingRange, *, after: str | None, limit: int) -> Postings:
        """The postings of one value between two places, newest first."""

    def beginning(self, term: str, start: str, limit: int) -> tuple[Posting, ...]:
        """The postings of a term whose values begin so."""

    def values(self, term: str, *, after: str | None, limit: int) -> TermValues:
        """Return at most `limit` values of a term behind `after`, each once; fewer where more would take too long."""


class Budget(Protocol):
    """How many pictures were looked at in each month, as `2026-01`."""

    def reserve(self, month: str, most: int) -> bool:
        """Count one more; False, and nothing counted, where that would be more than so many."""

    def give_back(self, month: str) -> None:
        """Count one less: what was reserved was not used."""


class Moves(Protocol):
    """Where to what lay in the inbox was moved."""

    def remember(self, source: str, target: str, kept: timedelta) -> None:
        """Keep where the source went, and that it went now, for at least this long."""

    def of(self, source: str) -> Move | None:
        """Where the source went last, or None."""
