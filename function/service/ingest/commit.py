"""Commits a developed photo: its renditions, its record, and its item in the index. Each step is idempotent."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from function.index import postings
from function.ports.index import Index, WriteResult
from function.ports.objects import Records, Renditions
from function.service.analysis.labels import Labelling, carry_over_labels
from function.service.history import extend
from function.service.ingest.develop import Developed
from function.values.annotations import Annotations
from function.values.photo import Photo


@dataclass(frozen=True)
class Committed:
    """A photo in the index that is not finalized yet; `recorded` says that its record is already the final one."""

    photo: Photo
    recorded: bool = False


@dataclass(frozen=True)
class Commit:
    """Writes renditions first, then the index: no photo is listed whose renditions are not there yet."""

    renditions: Renditions
    index: Index
    records: Records
    # Without it, no labels are asked for.
    labelling: Labelling | None = None

    def insert(self, developed: Developed) -> Committed | None:
        """Insert a new photo. Returns None where the index has one of its key already."""
        self.store(developed)
        photo = self._next(None, developed.photo)
        recorded = self.records.add(as_finalized(photo))
        if not recorded:
            # The index may have been lost, but the owner's annotations have not.
            photo = replace(photo, words=self._recorded_annotations(photo.key))
        return Committed(photo, recorded) if self.index.put(photo) is WriteResult.WRITTEN else None

    def replace(self, developed: Developed, before: Photo) -> Committed | None:
        """Write a photo over the one before. Returns None where the index has another revision by now."""
        self.store(developed)
        # Annotations that the owner wrote meanwhile count, not those of the moment when developing began.
        photo = self._next(before, replace(developed.photo, words=before.words))
        return Committed(photo) if self.index.put(photo) is WriteResult.WRITTEN else None

    def store(self, developed: Developed) -> None:
        """Store the renditions."""
        for rendition, image in developed.images:
            self.renditions.put(rendition.key, image.content, image.content_type, developed.photo.recipe or "")

    def remove(self, keys: Iterable[str]) -> None:
        """Remove renditions; a key without one is ignored."""
        for key in keys:
            self.renditions.delete(key)

    def _recorded_annotations(self, key: str) -> Annotations:
        record = self.records.load(key)
        return record.words if record else Annotations()

    def _next(self, before: Photo | None, after: Photo) -> Photo:
        """The photo as the next revision, with all that is left to remove of the one before."""
        fresh = carry_over_labels(before, after)
        fresh = self.labelling.defer(fresh) if self.labelling else fresh
        return replace(
            fresh,
            revision=before.revision + 1 if before else 1,
            stale=_stale_renditions(before, fresh),
            stale_postings=postings.stale(before, fresh),
            ledger=extend(before, fresh.ledger),
            settled=False,
        )


def as_finalized(photo: Photo) -> Photo:
    """Return the photo as its last step writes it."""
    return photo.revised(stale=(), stale_postings=(), settled=True)


def _stale_renditions(before: Photo | None, after: Photo) -> tuple[str, ...]:
    """The keys of the renditions of the photo before, and of those that it had left to remove itself."""
    if not before:
        return ()
    kept = {rendition.key for rendition in after.renditions}
    found = dict.fromkeys((*before.stale, *(rendition.key for rendition in before.renditions)))
    return tuple(key for key in found if key not in kept)
