"""Reports an import, as JSON for scripts and as lines for people."""

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
    """The photos of an import with their states, and its duration in seconds."""

    seconds: float
    photos: Sequence[Photo]
    # The number of photos that the disk did not take.
    left: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Count the photos by state."""
        return dict(Counter(str(photo.state) for photo in self.photos))

    def write(self, path: Path) -> None:
        """Write the report as JSON."""
        copies, shots = (_groups(self.photos, term) for term in (BYTES, STACK))
        photos = [{**_describe(photo), **_kin(photo, copies, shots)} for photo in self.photos]
        described = {"seconds": round(self.seconds, 3), "counts": self.counts, "photos": photos}
        path.write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n")

    def require_whole(self) -> None:
        """Raise NoRoomError if the disk did not take every photo."""
        if self.left:
            raise NoRoomError(
                f"{self.left} of {len(self.photos)} files are not in the library: the disk is full or faulty"
            )

    def lines(self) -> Iterator[str]:
        """Yield the counts, then a line with the reason for each photo that is not ready.

        Skipped files are only counted. So are photos that share their reason with `NAMED` others, as on a full disk.
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


def _describe(photo: Photo) -> dict[str, Any]:
    return {
        **{name: getattr(photo, name) for name in FIELDS},
        "taken": photo.taken.isoformat() if photo.taken else None,
        "place": _place(photo.metadata),
        "camera": _camera(photo.metadata),
        "renditions": [asdict(rendition) for rendition in photo.renditions],
    }


Groups = dict[str, list[Photo]]


def _groups(photos: Sequence[Photo], term: str) -> Groups:
    """Group the photos of this import by a facet's value."""
    groups: Groups = {}
    for photo in photos:
        for value in _values(photo, term):
            groups.setdefault(value, []).append(photo)
    return groups


def _values(photo: Photo, term: str) -> list[str]:
    return [posting.value for posting in postings(photo) if posting.term == term]


def _kin(photo: Photo, copies: Groups, shots: Groups) -> dict[str, str | None]:
    """Return the keys of the original of a copy, and of the cover of a shot with several files."""
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
    # Some makers repeat their name at the start of the model's.
    named = model if model.lower().startswith(make.lower()) else f"{make} {model}"
    return named.strip() or None
