"""The library's way in, and its way out: what is created and what is removed below the originals prefix."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from function.errors import ObjectNotFoundError
from function.index.keys import photo_id, recipe_id
from function.ports.index import Index
from function.ports.objects import Originals
from function.service import history
from function.service.ingest.commit import Commit, Committed
from function.service.ingest.develop import Darkroom, Developed
from function.service.sidecars.sidecars import Sidecars
from function.values.objects import ObjectVersion
from function.values.photo import Photo, State

Develop = Callable[[Photo | None], Developed]
IsDone = Callable[[Photo, ObjectVersion], bool]


@dataclass(frozen=True)
class Ingest:
    """Takes in what is newer than what the index knows. Every event can come again, late, or at the same moment."""

    originals: Originals
    index: Index
    darkroom: Darkroom
    shelving: Commit
    sidecars: Sidecars

    def created(self, original: ObjectVersion) -> None:
        """Take one version of an original in, unless that is done or a newer event is known."""
        if known := self.known(original):
            self._again(original, known)
        elif placed := self.begin(original):
            self.settle(placed)

    def known_of(self, keys: Iterable[str]) -> set[str]:
        """Those of these keys of originals that the index knows something of, by one call for all."""
        identifiers = dict.fromkeys(map(photo_id, keys))
        return {photo.key for photo in self.index.get_many(list(identifiers))}

    def begin(self, original: ObjectVersion) -> Committed | None:
        """Take in what most likely is new, up to its place in the index; what is then left is to settle the photo.

        None where nothing is left: somebody else put it there meanwhile, or it is gone.
        """
        self._describe_beside(original.key)
        try:
            developed = self.darkroom.develop(original)
        except ObjectNotFoundError:
            return None  # the event of its removal says the rest
        # The write itself notices where there is one by now: no second look before it.
        placed = self.shelving.place(developed)
        if not placed:
            self.shelve(original, lambda _: developed, self._is_taken_in)
        return placed

    def settle(self, placed: Committed) -> None:
        """Settle a photo that was begun with; where somebody else writes at the same moment, look again."""
        if not self.shelving.settle(placed.photo):
            self.created(_original(placed.photo))

    def _again(self, original: ObjectVersion, known: Photo) -> None:
        """Take in one version of an original of which something is known, of this version or of another one."""
        self._describe_beside(original.key)
        if _is_newer(known, original):
            self._restore(original)  # this event may have been interrupted the last time
            return
        if known.settled and self._is_taken_in(known, original) and self.shelving.settle(known):
            return
        with suppress(ObjectNotFoundError):  # as above
            developed = self.darkroom.develop(original, known)
            self.shelve(original, lambda _: developed, self._is_taken_in)

    def removed(self, original: ObjectVersion) -> None:
        """Take a photo out, unless another version of it has come to light by the removal."""
        self._describe_beside(original.key)
        there = self.originals.find(self.darkroom.originals_prefix + original.key)
        if there:
            self.created(replace(original, version_id=there.version_id, uploaded=there.uploaded))
        else:
            self.shelve(original, lambda known: _taken_out(original, known), _is_taken_out)

    def given_up(self, original: ObjectVersion, reason: str) -> None:
        """Mark what could not be taken in, after all tries, as failed with this reason."""
        failed = Photo(original.key, State.FAILED, original.sequencer, original.version_id, reason)
        failed = replace(failed, uploaded=original.uploaded, updated=datetime.now(UTC))
        failed = replace(failed, ledger=history.developed(failed))
        known = self.known(original)
        if not (known and _is_newer(known, original)):
            self.shelve(original, lambda _: Developed(failed), _is_ended)

    def known(self, original: ObjectVersion) -> Photo | None:
        """What the index knows of the photo."""
        return self.index.get(photo_id(original.key))

    def shelve(self, original: ObjectVersion, develop: Develop, is_done: IsDone) -> None:
        """Bring the event to its end; where somebody else writes at the same moment, look again."""
        while not ((known := self.known(original)) and _is_newer(known, original)):
            if known and is_done(known, original):
                ended = self.shelving.settle(known)
            else:
                ended = self.shelving.shelve(develop(known), known)
            if ended:
                return
        self._restore(original)

    def _describe_beside(self, sidecar: str) -> None:
        """Describe the photos again that this key is a sidecar of; where somebody else writes, look again."""
        for photo in self.sidecars.photos(sidecar):
            while (known := self.index.get(photo_id(photo))) and not self.shelving.describe(known):
                continue

    def _restore(self, older: ObjectVersion) -> None:
        """Put right what an older event did, or began to do, to a newer photo's renditions: their keys are the same."""
        while known := self.known(older):
            kept = {rendition.key for rendition in known.renditions}
            self.shelving.clear(key for key in self.darkroom.rendition_keys(known.key) if key not in kept)
            if kept:
                try:
                    self.shelving.store(self.darkroom.develop(_original(known)))
                except ObjectNotFoundError:
                    return  # as above
            # Whoever stored renditions at the same moment has this write before theirs, and stores them again.
            if self.index.put(again := known.revised()) and self.shelving.record(again):
                return

    def _is_taken_in(self, known: Photo, original: ObjectVersion) -> bool:
        same_event = known.sequencer == original.sequencer
        if known.version_id != original.version_id or not (known.version_id or same_event):
            return False
        # The api marks a photo as deleted ahead of the removal's own event: this one does not bring it back.
        return same_event if known.state == State.DELETED else known.recipe == recipe_id(self.darkroom.recipe)


def _original(photo: Photo) -> ObjectVersion:
    """What the photo is, or was, made of."""
    assert photo.uploaded  # as of each that was developed
    return ObjectVersion(photo.key, photo.version_id, photo.sequencer, photo.uploaded)


def _is_newer(known: Photo, original: ObjectVersion) -> bool:
    return known.sequencer > original.sequencer


def _is_ended(known: Photo, original: ObjectVersion) -> bool:
    """Whether this very event, or one that is as good, has come to its end."""
    return known.sequencer == original.sequencer and known.settled


def _is_taken_out(known: Photo, original: ObjectVersion) -> bool:
    return (known.state, known.sequencer) == (State.DELETED, original.sequencer)


def _taken_out(original: ObjectVersion, known: Photo | None) -> Developed:
    # Without a known photo too: its item keeps an event that comes late from bringing the photo back.
    gone = known or Photo(key=original.key, state=State.DELETED, sequencer=original.sequencer)
    gone = replace(
        gone, state=State.DELETED, reason=None, sequencer=original.sequencer, renditions=(), ledger=history.deleted()
    )
    return Developed(replace(gone, updated=datetime.now(UTC)))
