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
    """A photo in the index that is not finalized yet. `recorded` says that its record is already the final one."""

    photo: Photo
    recorded: bool = False


@dataclass(frozen=True)
class Commit:
    """Writes renditions first, then the index, so that no photo is listed without its renditions."""

    renditions: Renditions
    index: Index
    records: Records
    # Without it, no labels are asked for.
    labelling: Labelling | None = None

    def insert(self, developed: Developed) -> Committed | None:
        """Insert a new photo. Returns None where the index already has a photo of its key."""
        self.store(developed)
        photo = self._next(None, developed.photo)
        recorded = self.records.add(as_finalized(photo))
        if not recorded:
            # A record without an item means that the index was lost. The record has the owner's annotations.
            photo = replace(photo, words=self._recorded_annotations(photo.key))
        return Committed(photo, recorded) if self.index.put(photo) is WriteResult.WRITTEN else None

    def replace(self, developed: Developed, before: Photo) -> Committed | None:
        """Write a photo over the one before. Returns None where the index holds another revision by now."""
        self.store(developed)
        # The owner may have annotated the photo while it was developed: `before` has the newest annotations.
        photo = self._next(before, replace(developed.photo, words=before.words))
        return Committed(photo) if self.index.put(photo) is WriteResult.WRITTEN else None

    def store(self, developed: Developed) -> None:
        """Store the renditions that were made."""
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
        """Return the photo as the next revision, with the keys of renditions and postings that it makes stale."""
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
    """Return the photo as the last step of finalizing writes it."""
    return photo.revised(stale=(), stale_postings=(), settled=True)


def _stale_renditions(before: Photo | None, after: Photo) -> tuple[str, ...]:
    """Return the keys of renditions that the photo before had, or had to remove, and the new one does not have."""
    if not before:
        return ()
    kept = {rendition.key for rendition in after.renditions}
    found = dict.fromkeys((*before.stale, *(rendition.key for rendition in before.renditions)))
    return tuple(key for key in found if key not in kept)
