"""Finalizes committed photos: sidecar, labels, postings, announcement, record. Each step is idempotent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from function.index import postings
from function.index.keys import photo_id
from function.ports.index import Index, PostingStore, WriteResult
from function.ports.messages import Announcements
from function.ports.objects import Records
from function.service.analysis.labels import Labelling, merge_labels
from function.service.conflicts import ATTEMPTS, until_written
from function.service.ingest.commit import Commit, Committed, as_finalized
from function.service.ingest.develop import Developed
from function.service.sidecars.sidecars import Sidecars
from function.values.photo import Photo, State

# The event that the topic gets for each state.
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
class Finalizer:
    """Takes committed photos to their end. CONFLICT says that a photo was replaced before that.

    Postings only ever point to a photo: each list checks the photo itself before it shows it.
    """

    commit: Commit
    index: Index
    postings: PostingStore
    announcements: Announcements
    records: Records
    sidecars: Sidecars
    # Without it, no labels are asked for.
    labelling: Labelling | None = None

    def save(self, developed: Developed, before: Photo | None) -> WriteResult:
        """Commit a developed photo over the one before, and finalize it."""
        committed = self.commit.replace(developed, before) if before else self.commit.insert(developed)
        return self.finalize(committed.photo) if committed else WriteResult.CONFLICT

    def finalize(self, photo: Photo) -> WriteResult:
        """Take one photo to its end: remove what it replaced, apply its sidecar, label, list and announce it."""
        if photo.settled:
            return self.record(photo)
        self.commit.remove(photo.stale)
        described = self.sidecars.with_sidecar(photo)
        if described is not photo:
            return self._save_described(described, photo)
        if self.labelling and self.labelling.is_due(photo):
            return self._label(photo, self.labelling)
        return WriteResult.WRITTEN if self._conclude([Committed(photo)]) else WriteResult.CONFLICT

    def finalize_together(self, committed: Sequence[Committed]) -> list[Committed]:
        """Finalize new photos by calls that they share. Returns those that are left to be finalized alone."""
        plain = [one for one in committed if not (self.labelling and self.labelling.is_due(one.photo))]
        current = self.sidecars.with_current_sidecar(one.photo for one in plain)
        done = self._conclude([one for one in plain if one.photo in current])
        return [one for one in committed if one not in done]

    def describe(self, photo: Photo) -> WriteResult:
        """Describe a photo by the sidecar that it has by now, where that has changed, and finalize it."""
        described = self.sidecars.with_sidecar(photo)
        return self.finalize(photo) if described is photo else self._save_described(described, photo)

    def label(self, photo: Photo) -> WriteResult:
        """Ask for a photo's labels where that is due, and finalize it."""
        if self.labelling and self.labelling.is_due(photo):
            return self._label(photo, self.labelling)
        return WriteResult.WRITTEN if photo.settled else self.finalize(photo)

    def restore(self, record: Photo) -> None:
        """Write a photo into the index as it was recorded, unless there is one of its key. No event is announced."""
        restored = replace(record, revision=1, settled=True)
        # Postings first: when this is interrupted before the photo is written, the next run does both again.
        self.post(restored)
        if self.index.put(restored) is WriteResult.CONFLICT:
            self._withdraw(restored)

    def record(self, photo: Photo) -> WriteResult:
        """Write the photo's record. CONFLICT where the index has another revision by now, which is to be recorded."""
        self.records.save(photo)
        newest = self.index.get(photo_id(photo.key))
        is_newest = newest is not None and newest.revision == photo.revision
        return WriteResult.WRITTEN if is_newest else WriteResult.CONFLICT

    def post(self, photo: Photo) -> None:
        """Write all postings of the photo."""
        self.postings.add(postings.postings(photo))

    def _conclude(self, committed: Sequence[Committed]) -> list[Committed]:
        """Run the last steps. Returns the photos that were not replaced meanwhile; the others' postings are removed."""
        current = list(committed)
        for step in LAST_STEPS:
            current = step(self, current)
        for one in committed:
            if one not in current:
                self._withdraw(one.photo)
        return current

    def _withdraw(self, photo: Photo) -> None:
        """Remove the postings of a photo that was replaced while they were written, except those of the newer one."""
        until_written(partial(self._remove_outdated, photo_id(photo.key), postings.keys(photo)))

    def _remove_outdated(self, identifier: str, keys: frozenset[str]) -> WriteResult:
        newer = self.index.get(identifier)
        return self.postings.remove(newer, sorted(keys - postings.keys(newer))) if newer else WriteResult.WRITTEN

    def _label(self, photo: Photo, labelling: Labelling) -> WriteResult:
        if not labelling.is_available():
            return self.save(Developed(replace(photo, ledger=())), photo)
        claimed = labelling.claim(photo)
        if self.index.put(claimed) is WriteResult.CONFLICT:
            return WriteResult.CONFLICT
        labelled = labelling.with_labels(claimed)
        for _ in range(ATTEMPTS):
            if self.save(Developed(labelled), claimed) is WriteResult.WRITTEN:
                return WriteResult.WRITTEN
            current = self.index.get(photo_id(photo.key))
            # By now it has its labels from another writer, or it was replaced, or it is gone.
            if not current or not labelling.is_claimed(current, claimed):
                return WriteResult.CONFLICT
            claimed, labelled = current, merge_labels(current, labelled)
        return WriteResult.CONFLICT

    def _save_described(self, described: Photo, before: Photo) -> WriteResult:
        # It is written before the sidecar is read described: by then another one may lie there, whose event found no
        # photo to change.
        return self.save(Developed(replace(described, ledger=())), before)


def _post(finalizer: Finalizer, committed: list[Committed]) -> list[Committed]:
    finalizer.postings.add([posting for one in committed for posting in postings.postings(one.photo)])
    return committed


def _remove_stale_postings(finalizer: Finalizer, committed: list[Committed]) -> list[Committed]:
    remove = finalizer.postings.remove
    return [one for one in committed if remove(one.photo, one.photo.stale_postings) is WriteResult.WRITTEN]


def _announce(finalizer: Finalizer, committed: list[Committed]) -> list[Committed]:
    finalizer.announcements.publish([(EVENTS[one.photo.state], one.photo) for one in committed])
    return committed


def _record(finalizer: Finalizer, committed: list[Committed]) -> list[Committed]:
    for one in committed:
        if not one.recorded:
            finalizer.records.save(as_finalized(one.photo))
    return committed


def _mark_finalized(finalizer: Finalizer, committed: list[Committed]) -> list[Committed]:
    """Mark the photos as finalized: by one transaction, or one by one where that finds a conflict."""
    photos = [as_finalized(one.photo) for one in committed]
    if len(photos) > 1 and finalizer.index.put_all(photos) is WriteResult.WRITTEN:
        return committed
    put = finalizer.index.put
    return [one for one, photo in zip(committed, photos, strict=True) if put(photo) is WriteResult.WRITTEN]


Step = Callable[[Finalizer, list[Committed]], list[Committed]]
# Each returns the photos that go on to the next one: those that were not replaced meanwhile.
LAST_STEPS: tuple[Step, ...] = (_post, _remove_stale_postings, _announce, _record, _mark_finalized)
