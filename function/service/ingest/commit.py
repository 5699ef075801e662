"""Gives a photo its place in the library, in steps of which each can be done again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from function.index import postings
from function.index.keys import photo_id
from function.ports.index import Index, PostingStore
from function.ports.messages import Announcements
from function.ports.objects import Records, Renditions
from function.service.analysis.labels import Labelling, carry_over_labels, merge_labels
from function.service.history import continued
from function.service.ingest.develop import Developed
from function.service.sidecars.sidecars import Sidecars
from function.values.annotations import Annotations
from function.values.photo import Photo, State

# What the topic tells of each state.
EVENTS = {
    State.READY: "photo.ready",
    State.PARTIAL: "photo.ready",
    State.FLAGGED: "photo.flagged",
    State.UNSUPPORTED: "photo.failed",
    State.FAILED: "photo.failed",
    State.SKIPPED: "photo.skipped",
    State.DELETED: "photo.deleted",
}


@dataclass(frozen=True)
class Committed:
    """A photo in its place, and whether its record says already what it will be once it is settled."""

    photo: Photo
    recorded: bool = False


@dataclass(frozen=True)
class Commit:
    """Renditions first, then the index, then what follows from it: nobody is told of what is not there yet.

    Postings only ever point to a photo: whoever lists them looks at the photo before it is shown.
    """

    renditions: Renditions
    index: Index
    lists: PostingStore
    announcements: Announcements
    records: Records
    sidecars: Sidecars
    # Without it, nobody is asked for labels.
    seeing: Labelling | None = None

    def shelve(self, developed: Developed, before: Photo | None) -> bool:
        """Put the photo in the place of the one before, and settle it; False where that is another one by now."""
        if not before:
            placed = self.place(developed)
            return bool(placed and self.settle(placed.photo))
        self.store(developed)
        # What its owner wrote meanwhile counts, not what was there when it began to be developed.
        photo = self._following(before, replace(developed.photo, words=before.words))
        return self.index.put(photo) and self.settle(photo)

    def place(self, developed: Developed) -> Committed | None:
        """Put a new photo into its place, as yet unsettled; None where there is one."""
        self.store(developed)
        photo = self._following(None, developed.photo)
        recorded = self.records.add(_as_settled(photo))
        if not recorded:
            # The index may have been lost: what its owner wrote about the photo has not.
            photo = replace(photo, words=self._recorded(photo.key))
        return Committed(photo, recorded) if self.index.put(photo) else None

    def settle(self, photo: Photo) -> bool:
        """Remove what the photo replaced, look for its sidecar, post and announce it; False where it is replaced."""
        if photo.settled:
            return self.record(photo)
        self.clear(photo.stale)
        again = self.sidecars.described(photo)
        if again is not photo:
            return self._described(again, photo)
        if self.seeing and self.seeing.is_due(photo):
            return self._seen(photo, self.seeing)
        return bool(self._concluded([Committed(photo)]))

    def settle_together(self, placed: Sequence[Committed]) -> list[Committed]:
        """Settle new photos by as few calls as they can share; those that are left are to be settled alone."""
        others = (one.photo for one in placed if not (self.seeing and self.seeing.is_due(one.photo)))
        plain = self.sidecars.counted_in(others)
        done = self._concluded([one for one in placed if one.photo in plain])
        return [one for one in placed if one not in done]

    def describe(self, photo: Photo) -> bool:
        """Describe a photo again, and settle it, where another sidecar lies beside it; False where it is replaced."""
        again = self.sidecars.described(photo)
        return self.settle(photo) if again is photo else self._described(again, photo)

    def label(self, photo: Photo) -> bool:
        """Have a photo looked at where that is due, and settle it; False where it is replaced."""
        if self.seeing and self.seeing.is_due(photo):
            return self._seen(photo, self.seeing)
        return photo.settled or self.settle(photo)

    def restore(self, record: Photo) -> None:
        """Put a photo into its place again as it was recorded, unless there is one already; nobody is told."""
        restored = replace(record, revision=1, settled=True)
        # First of all its postings: whoever is interrupted before the photo is in its place does it again.
        self.post(restored)
        if not self.index.put(restored):
            self._withdraw(restored)

    def _concluded(self, placed: Sequence[Committed]) -> list[Committed]:
        """Post, announce and record photos; those of them that were not replaced meanwhile, which are settled."""
        self.lists.add([posting for one in placed for posting in postings.postings(one.photo)])
        standing = [one for one in placed if self.lists.remove(one.photo, one.photo.stale_postings)]
        self.announcements.publish([(EVENTS[one.photo.state], one.photo) for one in standing])
        settled = self._settled(standing)
        for one in placed:
            if one not in settled:
                self._withdraw(one.photo)
        return settled

    def _settled(self, standing: list[Committed]) -> list[Committed]:
        """Those of the photos that still are the ones that were settled; each is recorded, and marked as settled."""
        for one in standing:
            if not one.recorded:
                self.records.save(_as_settled(one.photo))
        if len(standing) > 1 and self.index.put_all([_as_settled(one.photo) for one in standing]):
            return standing
        return [one for one in standing if self.index.put(_as_settled(one.photo))]

    def _withdraw(self, photo: Photo) -> None:
        """Remove the postings of a photo that was replaced while they were written, but for those of the newer one."""
        gone = postings.keys(photo)
        while (newer := self.index.get(photo_id(photo.key))) and not self.lists.remove(
            newer, sorted(gone - postings.keys(newer))
        ):
            continue

    def record(self, photo: Photo) -> bool:
        """Keep all that is known of the photo; False where that is another revision by now, which is to be kept."""
        self.records.save(photo)
        newest = self.index.get(photo_id(photo.key))
        return bool(newest and newest.revision == photo.revision)

    def post(self, photo: Photo) -> None:
        """Put the photo into all the lists that it belongs to."""
        self.lists.add(postings.postings(photo))

    def _seen(self, photo: Photo, seeing: Labelling) -> bool:
        if not seeing.can_ask():
            return self.shelve(Developed(replace(photo, ledger=())), photo)
        asking = seeing.asking(photo)
        if not self.index.put(asking):
            return False
        seen = seeing.seen(asking)
        while not self.shelve(Developed(seen), asking):
            known = self.index.get(photo_id(photo.key))
            # Meanwhile somebody has settled it with its labels, or it is another one by now, or gone.
            if not known or not seeing.is_asking(known, asking):
                return False
            asking, seen = known, merge_labels(known, seen)
        return True

    def _described(self, again: Photo, before: Photo) -> bool:
        # It is written before it is looked at again: what lies there by then may be another sidecar, whose event found
        # nothing to change.
        return self.shelve(Developed(replace(again, ledger=())), before)

    def _recorded(self, key: str) -> Annotations:
        """What the owner wrote about a photo that the index does not know: it may have been lost."""
        record = self.records.load(key)
        return record.words if record else Annotations()

    def _following(self, before: Photo | None, after: Photo) -> Photo:
        fresh = carry_over_labels(before, after)
        fresh = self.seeing.resigned(fresh) if self.seeing else fresh
        return replace(
            fresh,
            revision=before.revision + 1 if before else 1,
            stale=_stale(before, fresh),
            stale_postings=postings.stale(before, fresh),
            ledger=continued(before, fresh.ledger),
            settled=False,
        )

    def store(self, developed: Developed) -> None:
        """Store the renditions."""
        for rendition, image in developed.images:
            self.renditions.put(rendition.key, image.content, image.content_type, developed.photo.recipe or "")

    def clear(self, keys: Iterable[str]) -> None:
        """Remove renditions; those that are not there are no fault."""
        for key in keys:
            self.renditions.delete(key)


def _as_settled(photo: Photo) -> Photo:
    return photo.revised(stale=(), stale_postings=(), settled=True)


def _stale(before: Photo | None, after: Photo) -> tuple[str, ...]:
    """What is left of the photo before: its renditions, and what was left to remove when it was interrupted."""
    if not before:
        return ()
    kept = {rendition.key for rendition in after.renditions}
    found = dict.fromkeys((*before.stale, *(rendition.key for rendition in before.renditions)))
    return tuple(key for key in found if key not in kept)
