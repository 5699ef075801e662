"""Writes the owner's annotations of a photo, over the revision that was read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from function.contract.routes import Access
from function.contract.tasks import SETTLE
from function.index import postings
from function.ports.index import Index, WriteResult
from function.service.access import require
from function.service.browse.photos import PhotoQueries
from function.service.conflicts import until_written
from function.service.edit.reprocess import TaskRequests
from function.values.photo import Photo
from function.values.principal import Principal

# In characters; of an album's name, so that it is posted as a whole.
LONGEST_CAPTION, LONGEST_ALBUM = 5000, 100
MOST_ALBUMS = 100
# A character of a text: no control character but line breaks and tabs, and no half of a surrogate pair, which UTF-8
# cannot encode.
CHARACTER = r"(?:\r\n|[^\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff])"
# Without the spaces around it, a name has 1 to LONGEST_ALBUM characters.
NAME = rf"(?=\s*\S(?:[\s\S]{{0,{LONGEST_ALBUM - 2}}}\S)?\s*$)"
Caption = Annotated[
    str,
    Meta(
        max_length=LONGEST_CAPTION,
        pattern=f"^{CHARACTER}*$",
        description=f"a text of up to {LONGEST_CAPTION} characters, or null for what the file itself says; "
        "an empty one shows none",
        examples=["By the sea"],
    ),
]
Favourite = Annotated[bool, Meta(description="true or false", examples=[True])]
Albums = Annotated[
    tuple[Annotated[str, Meta(pattern=f"^{NAME}{CHARACTER}*$")], ...],
    Meta(
        max_length=MOST_ALBUMS,
        description=f"a list of up to {MOST_ALBUMS} names, each a text of 1 to {LONGEST_ALBUM} characters",
        examples=[["Summer"]],
    ),
]


class AnnotationChanges(Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a photo's annotations to change; what is not named stays as it is."""

    caption: Caption | UnsetType | None = UNSET
    favourite: Favourite | UnsetType = UNSET
    albums: Albums | UnsetType = UNSET


@dataclass(frozen=True)
class Annotator:
    """Writes annotations. The worker does what follows in a moment: the photo's postings and its record."""

    photos: PhotoQueries
    index: Index
    tasks: TaskRequests

    def annotate(self, principal: Principal, identifier: str, changes: AnnotationChanges) -> Photo:
        """Change the fields that are named. Raises NotFoundError, RequestError, ForbiddenError."""
        require(principal, Access.MEMBER)
        written: Photo | None = None

        def attempt() -> WriteResult:
            nonlocal written
            known = self.photos.original(principal, identifier)
            written = _written(known, _values(changes))
            return WriteResult.WRITTEN if written is known else self.index.put(written)

        until_written(attempt)
        assert written
        if not written.settled:
            # Also for what was written before, where the task was not sent: its client had an error, and asks again.
            self.tasks.request(SETTLE, written)
        return written


def _values(changes: AnnotationChanges) -> dict[str, Any]:
    """The changed fields, each as it is stored."""
    named = {name: value for name, value in structs.asdict(changes).items() if value is not UNSET}
    return {name: STORED.get(name, lambda value: value)(value) for name, value in named.items()}


def _written(known: Photo, changes: Mapping[str, Any]) -> Photo:
    words = replace(known.words, **changes)
    if words == known.words:
        return known
    written = known.revised(words=words, updated=datetime.now(UTC), settled=False)
    return replace(written, stale_postings=postings.stale(known, written))


def _caption(value: str | None) -> str | None:
    return None if value is None else value.replace("\r\n", "\n").strip()


def _albums(names: tuple[str, ...]) -> tuple[str, ...]:
    # Of two spellings of one album the first counts, as in its list.
    distinct = {postings.normalized(name): name for name in reversed([postings.cleaned(name) for name in names])}
    return tuple(reversed(distinct.values()))


STORED: Mapping[str, Callable[[Any], Any]] = {"caption": _caption, "albums": _albums}
