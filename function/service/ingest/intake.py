"""Takes created originals into the library, and removed ones out of it."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from function.errors import ObjectNotFoundError
from function.index.keys import photo_id, recipe_id
from function.ports.index import Index, WriteResult
from function.ports.objects import Originals
from function.service import history
from function.service.conflicts import until_written
from function.service.ingest.commit import Committed
from function.service.ingest.develop import Darkroom, Developed
from function.service.ingest.finalize import Finalizer
from function.service.sidecars.sidecars import Sidecars
from function.values.objects import ObjectVersion
from function.values.photo import Photo, State

Develop = Callable[[Photo | None], Developed]
IsDone = Callable[[Photo, ObjectVersion], bool]


@dataclass(frozen=True)
class Ingest:
    """Takes in object versions that are newer than the index. Events may be repeated, late or simultaneous."""

    originals: Originals
    index: Index
    darkroom: Darkroom
    finalizer: Finalizer
    sidecars: Sidecars

    def on_created(self, original: ObjectVersion) -> None:
        """Take in one version of an original, unless that is done or the index has a newer event."""
        if indexed := self.find(original):
            self._take_in_again(original, indexed)
        elif committed := self.begin(original):
            self.finalize(committed)

    def indexed_keys(self, keys: Iterable[str]) -> set[str]:
        """Return the keys among these that the index has a photo of, by one batch read."""
        identifiers = dict.fromkeys(map(photo_id, keys))
        return {photo.key for photo in self.index.get_many(list(identifiers))}

    def begin(self, original: ObjectVersion) -> Committed | None:
        """Take in a photo that is most likely new, up to its commit. Returns it to be finalized.

        Returns None where nothing is left to do: another writer was first, or the original is deleted.
        """
        self._describe_photos_of(original.key)
        try:
            developed = self.darkroom.develop(original)
        except ObjectNotFoundError:
            return None  # the event of its removal follows
        # The index is not read first: the conditional write finds an existing item.
        committed = self.finalizer.commit.insert(developed)
        if not committed:
            self.finish(original, lambda _: developed, self._is_taken_in)
        return committed

    def finalize(self, committed: Committed) -> None:
        """Finalize a committed photo. Where another writer replaced it meanwhile, take in its version again."""
        if self.finalizer.finalize(committed.photo) is WriteResult.CONFLICT:
            self.on_created(_original(committed.photo))

    def _take_in_again(self, original: ObjectVersion, indexed: Photo) -> None:
        """Take in one version of an original that is indexed already, in this version or another one."""
        self._describe_photos_of(original.key)
        if _is_newer(indexed, original):
            self._restore(original)  # the worker may have been killed at this event before
            return
        is_done = indexed.settled and self._is_taken_in(indexed, original)
        if is_done and self.finalizer.finalize(indexed) is WriteResult.WRITTEN:
            return
        with suppress(ObjectNotFoundError):  # as above
            developed = self.darkroom.develop(original, indexed)
            self.finish(original, lambda _: developed, self._is_taken_in)

    def on_removed(self, original: ObjectVersion) -> None:
        """Mark a photo as deleted, or take in the older version that the removal has uncovered."""
        self._describe_photos_of(original.key)
        uncovered = self.originals.find(self.darkroom.originals_prefix + original.key)
        if uncovered:
            self.on_created(replace(original, version_id=uncovered.version_id, uploaded=uncovered.uploaded))
        else:
            self.finish(original, lambda indexed: _deletion(original, indexed), _is_deleted)

    def mark_failed(self, original: ObjectVersion, reason: str) -> None:
        """Mark an original that could not be taken in as failed, with this reason."""
        failed = Photo(original.key, State.FAILED, original.sequencer, original.version_id, reason)
        failed = replace(failed, uploaded=original.uploaded, updated=datetime.now(UTC))
        failed = replace(failed, ledger=history.version_entries(failed))
        indexed = self.find(original)
        if not (indexed and _is_newer(indexed, original)):
            self.finish(original, lambda _: Developed(failed), _is_settled_event)

    def find(self, original: ObjectVersion) -> Photo | None:
        """Return the indexed photo of the original, or None."""
        return self.index.get(photo_id(original.key))

    def finish(self, original: ObjectVersion, develop: Develop, is_done: IsDone) -> None:
        """Save the developed photo, unless the index has it, or a newer one, by then. Raises ConflictError."""
        until_written(partial(self._finish, original, develop, is_done))

    def _finish(self, original: ObjectVersion, develop: Develop, is_done: IsDone) -> WriteResult:
        indexed = self.find(original)
        if indexed and _is_newer(indexed, original):
            self._restore(original)
            return WriteResult.WRITTEN
        if indexed and is_done(indexed, original):
            return self.finalizer.finalize(indexed)
        return self.finalizer.save(develop(indexed), indexed)

    def _describe_photos_of(self, sidecar: str) -> None:
        """Describe the photos of a sidecar again. Other keys have none."""
        for key in self.sidecars.photos(sidecar):
            until_written(partial(self._describe, photo_id(key)))

    def _describe(self, identifier: str) -> WriteResult:
        indexed = self.index.get(identifier)
        return self.finalizer.describe(indexed) if indexed else WriteResult.WRITTEN

    def _restore(self, older: ObjectVersion) -> None:
        """Restore the renditions of a newer photo, which an event of an older version may have overwritten."""
        until_written(partial(self._restore_renditions, older))

    def _restore_renditions(self, older: ObjectVersion) -> WriteResult:
        indexed = self.find(older)
        if not indexed:
            return WriteResult.WRITTEN
        kept = {rendition.key for rendition in indexed.renditions}
        commit = self.finalizer.commit
        commit.remove(key for key in self.darkroom.rendition_keys(indexed.key) if key not in kept)
        if kept:
            try:
                commit.store(self.darkroom.develop(_original(indexed)))
            except ObjectNotFoundError:
                return WriteResult.WRITTEN  # as above
        # A writer that stored renditions at the same time conflicts with this revision, and stores them again.
        again = indexed.revised()
        if self.index.put(again) is WriteResult.CONFLICT:
            return WriteResult.CONFLICT
        return self.finalizer.record(again)

    def _is_taken_in(self, indexed: Photo, original: ObjectVersion) -> bool:
        same_event = indexed.sequencer == original.sequencer
        if indexed.version_id != original.version_id or not (indexed.version_id or same_event):
            return False
        # The api marks a photo as deleted before the event of its removal. This event, repeated, must not restore it.
        return same_event if indexed.state == State.DELETED else indexed.recipe == recipe_id(self.darkroom.recipe)


def _original(photo: Photo) -> ObjectVersion:
    """Return the version of the original that the photo was made of."""
    assert photo.uploaded  # as of each that was developed
    return ObjectVersion(photo.key, photo.version_id, photo.sequencer, photo.uploaded)


def _is_newer(indexed: Photo, original: ObjectVersion) -> bool:
    return indexed.sequencer > original.sequencer


def _is_settled_event(indexed: Photo, original: ObjectVersion) -> bool:
    """Check whether this event, or another one with its sequencer, is finished."""
    return indexed.sequencer == original.sequencer and indexed.settled


def _is_deleted(indexed: Photo, original: ObjectVersion) -> bool:
    return (indexed.state, indexed.sequencer) == (State.DELETED, original.sequencer)


def _deletion(original: ObjectVersion, indexed: Photo | None) -> Developed:
    # Also written where the photo is not indexed: the item keeps a late event from restoring it.
    deleted = indexed or Photo(key=original.key, state=State.DELETED, sequencer=original.sequencer)
    entries = history.deletion_entries()
    deleted = replace(
        deleted, state=State.DELETED, reason=None, sequencer=original.sequencer, renditions=(), ledger=entries
    )
    return Developed(replace(deleted, updated=datetime.now(UTC)))
