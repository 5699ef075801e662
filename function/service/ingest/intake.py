"""Takes originals into the library that were created, and out of it that were removed."""

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
    """Takes in object versions that are newer than the index. An event may come again, late, or twice at once."""

    originals: Originals
    index: Index
    darkroom: Darkroom
    finalizer: Finalizer
    sidecars: Sidecars

    def on_created(self, original: ObjectVersion) -> None:
        """Take in one version of an original, unless that is done or a newer event is known."""
        if indexed := self.find(original):
            self._take_in_again(original, indexed)
        elif committed := self.begin(original):
            self.finalize(committed)

    def indexed_keys(self, keys: Iterable[str]) -> set[str]:
        """Return those of these keys of originals that the index has an item of, by one call for all."""
        identifiers = dict.fromkeys(map(photo_id, keys))
        return {photo.key for photo in self.index.get_many(list(identifiers))}

    def begin(self, original: ObjectVersion) -> Committed | None:
        """Take in a photo that is most likely new, until it is committed. Returns it, to be finalized.

        Returns None where nothing is left to do: another writer committed it first, or the original is gone.
        """
        self._describe_photos_of(original.key)
        try:
            developed = self.darkroom.develop(original)
        except ObjectNotFoundError:
            return None  # the event of its removal does the rest
        # The write itself notices an item that is there by now: the index is not read before it.
        committed = self.finalizer.commit.insert(developed)
        if not committed:
            self.finish(original, lambda _: developed, self._is_taken_in)
        return committed

    def finalize(self, committed: Committed) -> None:
        """Finalize a photo that was begun; where another writer replaced it meanwhile, take the version in again."""
        if self.finalizer.finalize(committed.photo) is WriteResult.CONFLICT:
            self.on_created(_original(committed.photo))

    def _take_in_again(self, original: ObjectVersion, indexed: Photo) -> None:
        """Take in one version of an original of which the index has this version or another one."""
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
        """Remove a photo, unless the removal has uncovered another version of its original."""
        self._describe_photos_of(original.key)
        there = self.originals.find(self.darkroom.originals_prefix + original.key)
        if there:
            self.on_created(replace(original, version_id=there.version_id, uploaded=there.uploaded))
        else:
            self.finish(original, lambda indexed: _deletion(original, indexed), _is_deleted)

    def mark_failed(self, original: ObjectVersion, reason: str) -> None:
        """Mark an original that could not be taken in as failed, with this reason."""
        failed = Photo(original.key, State.FAILED, original.sequencer, original.version_id, reason)
        failed = replace(failed, uploaded=original.uploaded, updated=datetime.now(UTC))
        failed = replace(failed, ledger=history.version_entries(failed))
        indexed = self.find(original)
        if not (indexed and _is_newer(indexed, original)):
            self.finish(original, lambda _: Developed(failed), _is_ended)

    def find(self, original: ObjectVersion) -> Photo | None:
        """Return the photo of the original as the index has it."""
        return self.index.get(photo_id(original.key))

    def finish(self, original: ObjectVersion, develop: Develop, is_done: IsDone) -> None:
        """Take an event to its end: save the developed photo, unless the index has it, or a newer one, by then."""
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
        """Describe the photos again that this key is a sidecar of."""
        for key in self.sidecars.photos(sidecar):
            until_written(partial(self._describe, photo_id(key)))

    def _describe(self, identifier: str) -> WriteResult:
        indexed = self.index.get(identifier)
        return self.finalizer.describe(indexed) if indexed else WriteResult.WRITTEN

    def _restore(self, older: ObjectVersion) -> None:
        """Repair the renditions of a newer photo, whose keys an event of an older version may have written to."""
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
        # A writer that stored renditions at the same moment finds this revision before its own, and stores them again.
        again = indexed.revised()
        if self.index.put(again) is WriteResult.CONFLICT:
            return WriteResult.CONFLICT
        return self.finalizer.record(again)

    def _is_taken_in(self, indexed: Photo, original: ObjectVersion) -> bool:
        same_event = indexed.sequencer == original.sequencer
        if indexed.version_id != original.version_id or not (indexed.version_id or same_event):
            return False
        # The api marks a photo as deleted ahead of the removal's own event: this one does not bring it back.
        return same_event if indexed.state == State.DELETED else indexed.recipe == recipe_id(self.darkroom.recipe)


def _original(photo: Photo) -> ObjectVersion:
    """The version of the original that the photo was made of."""
    assert photo.uploaded  # as of each that was developed
    return ObjectVersion(photo.key, photo.version_id, photo.sequencer, photo.uploaded)


def _is_newer(indexed: Photo, original: ObjectVersion) -> bool:
    return indexed.sequencer > original.sequencer


def _is_ended(indexed: Photo, original: ObjectVersion) -> bool:
    """Whether this event, or another of the same version, has come to its end."""
    return indexed.sequencer == original.sequencer and indexed.settled


def _is_deleted(indexed: Photo, original: ObjectVersion) -> bool:
    return (indexed.state, indexed.sequencer) == (State.DELETED, original.sequencer)


def _deletion(original: ObjectVersion, indexed: Photo | None) -> Developed:
    # Without a indexed photo too: its item keeps an event that comes late from bringing the photo back.
    gone = indexed or Photo(key=original.key, state=State.DELETED, sequencer=original.sequencer)
    entries = history.deletion_entries()
    gone = replace(gone, state=State.DELETED, reason=None, sequencer=original.sequencer, renditions=(), ledger=entries)
    return Developed(replace(gone, updated=datetime.now(UTC)))
