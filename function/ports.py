"""The network's edges, as the services see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO, Protocol

from function.postings import Posting
from function.postscript.messages import Wish
from function.values import Label, Photo


class WorldError(Exception):
    """A service could not be reached or did not answer: worth another try later."""


class UnansweredError(WorldError):
    """A service was asked, and no answer came: what it is paid for may have been done."""


@dataclass(frozen=True)
class Stored:
    """What S3 says of an object: its version, size in bytes, ETag, when it came, and its CRC64 where it has one."""

    version_id: str | None
    bytes: int
    etag: str
    uploaded: datetime
    checksum: str | None = None


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
class Span:
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


class OriginalFile(BinaryIO):
    """The bytes of one version of an original, to be read and sought in; `etag` is S3's own name for them."""

    etag: str | None


class Originals(Protocol):
    """The originals bucket."""

    def find(self, key: str, version_id: str | None = None) -> Stored | None:
        """What is stored under the key, or None."""

    def listed(self, prefix: str, most: int = 1000) -> dict[str, Stored]:
        """What is stored under keys that begin so, as far as that is no more than so many, without their versions."""

    def open(self, key: str, version_id: str | None, *, whole: bool = True) -> OriginalFile:
        """The bytes of one version, which will most likely be read as a whole, or only here and there."""

    def copy(self, source: str, stored: Stored, target: str, *, over: bool = False) -> Stored | None:
        """Copy one version to another key, within the bucket; None where something lies there and is not to go."""

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Delete the object: into the trash, or one version for good."""


class Renditions(Protocol):
    """The renditions bucket."""

    def put(self, key: str, content: bytes, content_type: str, recipe: str) -> None:
        """Store a rendition."""

    def read(self, key: str) -> bytes:
        """The bytes of a rendition."""

    def delete(self, key: str) -> None:
        """Remove a rendition; one that is not there is no fault."""

    def sign(self, key: str) -> str:
        """An address that gives the rendition to whoever has it, for a while."""


class Index(Protocol):
    """The index table."""

    def get(self, identifier: str) -> Photo | None:
        """The photo with this id, or None."""

    def get_many(self, identifiers: Sequence[str]) -> list[Photo]:
        """The photos with these ids, as far as there are any, in no order."""

    def put(self, photo: Photo) -> bool:
        """Write the photo over the revision before; False where that is another one by now."""

    def put_all(self, photos: Sequence[Photo]) -> bool:
        """Write up to a hundred photos, each over its revision before; False, and nothing written, where one cannot."""

    def shelf(self, name: str, *, first: str, last: str, after: str | None, limit: int) -> Page:
        """The photos of a shelf between two places in its order, newest first."""


class Lists(Protocol):
    """The lists of the index: by camera, by place, by keyword."""

    def add(self, postings: Sequence[Posting]) -> None:
        """Put these postings into their lists; those that are there stay."""

    def remove(self, photo: Photo, keys: Sequence[str]) -> bool:
        """Take the postings with these keys out; nothing and False where the photo is of another revision by now."""

    def listed(self, span: Span, *, after: str | None, limit: int) -> Postings:
        """The postings of one value between two places, newest first."""

    def beginning(self, term: str, start: str, limit: int) -> tuple[Posting, ...]:
        """The postings of a term whose values begin so."""

    def values(self, term: str, *, after: str | None, limit: int) -> TermValues:
        """Return at most `limit` values of a term behind `after`, each once; fewer where more would take too long."""


class Records(Protocol):
    """What is known of each photo, kept beside its renditions: the index can be made again of it."""

    def save(self, photo: Photo) -> None:
        """Keep all that is known of the photo."""

    def add(self, photo: Photo) -> bool:
        """Keep all that is known of a photo of which nothing is kept; False, and nothing done, where something is."""

    def load(self, key: str) -> Photo | None:
        """What was known of the photo with this key, or None."""


class Tasks(Protocol):
    """The way to ask the worker for something."""

    def send(self, task: str, keys: Sequence[str]) -> None:
        """Ask for a task of the contract with the originals of these whole keys."""


class Eyes(Protocol):
    """Whoever looks at pictures, for money."""

    def labels(self, jpeg: bytes) -> tuple[Label, ...]:
        """What is seen in a JPEG of at most 5 MB, the surest first. Raises BrokenImageError where it is not taken."""


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


class Drawings(Protocol):
    """Whoever draws PostScript, away from all else."""

    def draw(self, wish: Wish) -> bytes:
        """The picture of a drawing, as an encoded image. Raises RefusedError where there is none."""


class Announcements(Protocol):
    """The topic that tells what became of a photo."""

    def publish(self, told: Sequence[tuple[str, Photo]]) -> None:
        """Tell of events, such as photo.ready, each of a photo."""
