"""What became of an import, as JSON for a script and as lines for a person."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from function.index.postings import BYTES, STACK, postings
from function.service.browse.related import as_cover, as_first
from function.values.description import Metadata
from function.values.photo import Photo, State
from local.library.space import NoRoomError

# As many photos with the same reason are named, each in a line of its own.
NAMED = 20
FIELDS = ("key", "state", "reason", "format", "width", "height", "taken_source", "taken_precision")


@dataclass(frozen=True)
class Report:
    """The photos of an import, each in its state, and the seconds that it took."""

    seconds: float
    photos: Sequence[Photo]
    # How many of them the disk did not take.
    left: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many photos ended in each state."""
        return dict(Counter(str(photo.state) for photo in self.photos))

    def write(self, path: Path) -> None:
        """Write the report as JSON."""
        copies, shots = (_groups(self.photos, term) for term in (BYTES, STACK))
        photos = [{**_described(photo), **_kin(photo, copies, shots)} for photo in self.photos]
        described = {"seconds": round(self.seconds, 3), "counts": self.counts, "photos": photos}
        path.write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n")

    def require_whole(self) -> None:
        """Raise NoRoomError where the disk did not take every photo."""
        if self.left:
            raise NoRoomError(
                f"{self.left} of {len(self.photos)} files are not in the library: the disk is full or faulty"
            )

    def lines(self) -> Iterator[str]:
        """Yield the counts, then a line with the reason for each photo that is not whole.

        Skipped files are counted, and so are those that share their reason with `NAMED` others: the disk was full.
        """
        counts = ", ".join(f"{count} {state}" for state, count in sorted(self.counts.items()))
        yield f"{len(self.photos)} files in {self.seconds:.1f} s: {counts}"
        alike: dict[tuple[str, str], list[str]] = {}
        for photo in self.photos:
            if photo.reason and photo.state != State.SKIPPED:
                alike.setdefault((photo.state, photo.reason), []).append(photo.key)
        for (state, reason), keys in alike.items():
            yield from (f"  {state}: {key}: {reason}" for key in keys[:NAMED])
            if (more := len(keys) - NAMED) > 0:
                yield f"  {state}: {more} more: {reason}"


def _described(photo: Photo) -> dict[str, Any]:
    return {
        **{name: getattr(photo, name) for name in FIELDS},
        "taken": photo.taken.isoformat() if photo.taken else None,
        "place": _place(photo.metadata),
        "camera": _camera(photo.metadata),
        "renditions": [asdict(rendition) for rendition in photo.renditions],
    }


Groups = dict[str, list[Photo]]


def _groups(photos: Sequence[Photo], term: str) -> Groups:
    """The photos of this import by a term that they have in common."""
    groups: Groups = {}
    for photo in photos:
        for value in _values(photo, term):
            groups.setdefault(value, []).append(photo)
    return groups


def _values(photo: Photo, term: str) -> list[str]:
    return [posting.value for posting in postings(photo) if posting.term == term]


def _kin(photo: Photo, copies: Groups, shots: Groups) -> dict[str, str | None]:
    """Of which file this one is a copy, and which stands for the shot that it is a file of."""
    first = [min(copies[value], key=as_first) for value in _values(photo, BYTES)]
    covers = [min(shots[value], key=as_cover) for value in _values(photo, STACK) if len(shots[value]) > 1]
    return {
        "duplicate_of": next((other.key for other in first if other.key != photo.key), None),
        "stack": next((cover.key for cover in covers), None),
    }


def _place(metadata: Metadata) -> str | None:
    return ", ".join(filter(None, (metadata.city, metadata.region, metadata.country))) or None


def _camera(metadata: Metadata) -> str | None:
    make, model = metadata.make or "", metadata.model or ""
    # Some makers begin the model's name with their own.
    named = model if model.lower().startswith(make.lower()) else f"{make} {model}"
    return named.strip() or None
