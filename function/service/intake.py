"""The library's way in, and its way out: what is created and what is removed below the originals prefix."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from function.errors import GoneError
from function.keys import photo_id, recipe_id
from function.ports import Index, Originals
from function.service import ledger
from function.service.developing import Darkroom, Developed
from function.service.shelving import Shelving
from function.values import Original, Photo, State

Develop = Callable[[Photo | None], Developed]
IsDone = Callable[[Photo, Original], bool]


@dataclass(frozen=True)
class Intake:
    """Takes in what is newer than what the index knows. Every event can come again, late, or at the same moment."""

    originals: Originals
    index: Index
    darkroom: Darkroom
    shelving: Shelving

    def created(self, original: Original) -> None:
        """Take one version of an original in, unless that is done or a newer event is known."""
        known = self.known(original)
        if known and (_is_newer(known, original) or (known.settled and self._is_taken_in(known, original))):
            return
        try:
            developed = self.darkroom.develop(original, known)
        except GoneError:
            return  # the event of its removal says the rest
        self.shelve(original, lambda _: developed, self._is_taken_in)

    def removed(self, original: Original) -> None:
        """Take a photo out, unless another version of it has come to light by the removal."""
        there = self.originals.find(self.darkroom.originals_prefix + original.key)
        if there:
            self.created(replace(original, version_id=there.version_id, uploaded=there.uploaded))
        else:
            self.shelve(original, lambda known: _taken_out(original, known), _is_taken_out)

    def given_up(self, original: Original, reason: str) -> None:
        """Mark what could not be taken in, after all tries, as failed with this reason."""
        failed = Photo(original.key, State.FAILED, original.sequencer, original.version_id, reason)
        failed = replace(failed, uploaded=original.uploaded, updated=datetime.now(UTC))
        failed = replace(failed, ledger=ledger.developed(failed))
        self.shelve(original, lambda _: Developed(failed), _is_ended)

    def known(self, original: Original) -> Photo | None:
        """What the index knows of the photo."""
        return self.index.get(photo_id(original.key))

    def shelve(self, original: Original, develop: Develop, is_done: IsDone) -> None:
        """Bring the event to its end; where somebody else writes at the same moment, look again."""
        refused = False
        while not ((known := self.known(original)) and _is_newer(known, original)):
            if known and is_done(known, original):
                ended = self.shelving.settle(known)
            else:
                ended = self.shelving.shelve(develop(known), known)
            if ended:
                return
            refused = True
        if known and refused:
            self._restore(known)

    def _restore(self, newer: Photo) -> None:
        """Put right what an older event did to the renditions, whose keys are the same."""
        kept = {rendition.key for rendition in newer.renditions}
        self.shelving.clear(key for key in self.darkroom.rendition_keys(newer.key) if key not in kept)
        if not (kept and newer.uploaded):
            return
        try:
            original = Original(newer.key, newer.version_id, newer.sequencer, newer.uploaded)
            self.shelving.store(self.darkroom.develop(original))
            self.shelving.records.save(newer)
        except GoneError:
            return  # as above

    def _is_taken_in(self, known: Photo, original: Original) -> bool:
        same_event = known.sequencer == original.sequencer
        if known.version_id != original.version_id or not (known.version_id or same_event):
            return False
        # The api marks a photo as deleted ahead of the removal's own event: this one does not bring it back.
        return same_event if known.state == State.DELETED else known.recipe == recipe_id(self.darkroom.recipe)


def _is_newer(known: Photo, original: Original) -> bool:
    return known.sequencer > original.sequencer


def _is_ended(known: Photo, original: Original) -> bool:
    """Whether this very event, or one that is as good, has come to its end."""
    return known.sequencer == original.sequencer and known.settled


def _is_taken_out(known: Photo, original: Original) -> bool:
    return (known.state, known.sequencer) == (State.DELETED, original.sequencer)


def _taken_out(original: Original, known: Photo | None) -> Developed:
    # Without a known photo too: its item keeps an event that comes late from bringing the photo back.
    gone = known or Photo(key=original.key, state=State.DELETED, sequencer=original.sequencer)
    gone = replace(
        gone, state=State.DELETED, reason=None, sequencer=original.sequencer, renditions=(), ledger=ledger.deleted()
    )
    return Developed(replace(gone, updated=datetime.now(UTC)))
