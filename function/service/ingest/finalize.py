"""Finalizes committed photos: sidecar, labels, postings, announcement, record. Each step is idempotent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from function.index import postings
from function.index.keys import photo_id
from function.ports.index import PostingStore, WriteResult
from function.ports.messages import Announcements
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
    """Finalizes committed photos. Methods return CONFLICT where a photo was replaced before its last step.

    Stale postings do no harm: each list checks the photo itself before it shows it.
    """

    commit: Commit
    postings: PostingStore
    announcements: Announcements
    sidecars: Sidecars

    def save(self, developed: Developed, before: Photo | None) -> WriteResult:
        """Commit a developed photo over the one before, and finalize it."""
        committed = self.commit.replace(developed, before) if before else self.commit.insert(developed)
        return self.finalize(committed.photo) if committed else WriteResult.CONFLICT

    def finalize(self, photo: Photo) -> WriteResult:
        """Finalize one photo: remove stale renditions, apply its sidecar, label, post, announce and record it."""
        if photo.settled:
            return self.record(photo)
        self.commit.remove(photo.stale)
        described = self.sidecars.with_sidecar(photo)
        if described is not photo:
            return self._save_described(described, photo)
        if self.commit.labelling and self.commit.labelling.is_due(photo):
            return self._label(photo, self.commit.labelling)
        return WriteResult.WRITTEN if self._conclude([Committed(photo)]) else WriteResult.CONFLICT

    def finalize_together(self, committed: Sequence[Committed]) -> list[Committed]:
        """Finalize new photos by shared calls. Returns those that have to be finalized one by one."""
        plain = [one for one in committed if not (self.commit.labelling and self.commit.labelling.is_due(one.photo))]
        current = self.sidecars.with_current_sidecar(one.photo for one in plain)
        done = self._conclude([one for one in plain if one.photo in current])
        return [one for one in committed if one not in done]

    def describe(self, photo: Photo) -> WriteResult:
        """Describe a photo again where its sidecar has changed, and finalize it."""
        described = self.sidecars.with_sidecar(photo)
        return self.finalize(photo) if described is photo else self._save_described(described, photo)

    def label(self, photo: Photo) -> WriteResult:
        """Label a photo where that is due, and finalize it."""
        if self.commit.labelling and self.commit.labelling.is_due(photo):
            return self._label(photo, self.commit.labelling)
        return WriteResult.WRITTEN if photo.settled else self.finalize(photo)

    def restore(self, record: Photo) -> None:
        """Write a recorded photo into the index, unless the index has one of its key. Nothing is announced."""
        restored = replace(record, revision=1, settled=True)
        # Postings first: when this is interrupted before the photo is written, the next run does both again.
        self.post(restored)
        if self.commit.index.put(restored) is WriteResult.CONFLICT:
            self._withdraw(restored)

    def record(self, photo: Photo) -> WriteResult:
        """Write the photo's record. Returns CONFLICT where the index holds another revision by now: record that one."""
        self.commit.records.save(photo)
        newest = self.commit.index.get(photo_id(photo.key))
        is_newest = newest is not None and newest.revision == photo.revision
        return WriteResult.WRITTEN if is_newest else WriteResult.CONFLICT

    def post(self, photo: Photo) -> None:
        """Write all postings of the photo."""
        self.postings.add(postings.postings(photo))

    def _conclude(self, committed: Sequence[Committed]) -> list[Committed]:
        """Run the last steps, and remove the postings of photos that were replaced meanwhile. Returns the others."""
        current = list(committed)
        for step in LAST_STEPS:
            current = step(self, current)
        for one in committed:
            if one not in current:
                self._withdraw(one.photo)
        return current

    def _withdraw(self, photo: Photo) -> None:
        """Remove the postings of a photo that was replaced meanwhile, except those of its newer revision."""
        until_written(partial(self._remove_outdated, photo_id(photo.key), postings.keys(photo)))

    def _remove_outdated(self, identifier: str, keys: frozenset[str]) -> WriteResult:
        newer = self.commit.index.get(identifier)
        return self.postings.remove(newer, sorted(keys - postings.keys(newer))) if newer else WriteResult.WRITTEN

    def _label(self, photo: Photo, labelling: Labelling) -> WriteResult:
        if not labelling.is_available():
            return self.save(Developed(replace(photo, ledger=())), photo)
        claimed = labelling.claim(photo)
        if self.commit.index.put(claimed) is WriteResult.CONFLICT:
            return WriteResult.CONFLICT
        labelled = labelling.with_labels(claimed)
        for _ in range(ATTEMPTS):
            if self.save(Developed(labelled), claimed) is WriteResult.WRITTEN:
                return WriteResult.WRITTEN
            current = self.commit.index.get(photo_id(photo.key))
            # Another writer has labelled the photo, or replaced or deleted it.
            if not current or not labelling.is_claimed(current, claimed):
                return WriteResult.CONFLICT
            claimed, labelled = current, merge_labels(current, labelled)
        return WriteResult.CONFLICT

    def _save_described(self, described: Photo, before: Photo) -> WriteResult:
        # The photo is written before its sidecar is looked up again: a sidecar uploaded meanwhile may have been handled
        # before there was a photo to change.
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
            finalizer.commit.records.save(as_finalized(one.photo))
    return committed


def _mark_finalized(finalizer: Finalizer, committed: list[Committed]) -> list[Committed]:
    """Mark the photos as finalized: by one transaction, or one by one where that finds a conflict."""
    photos = [as_finalized(one.photo) for one in committed]
    if len(photos) > 1 and finalizer.commit.index.put_all(photos) is WriteResult.WRITTEN:
        return committed
    put = finalizer.commit.index.put
    return [one for one, photo in zip(committed, photos, strict=True) if put(photo) is WriteResult.WRITTEN]


Step = Callable[[Finalizer, list[Committed]], list[Committed]]
# Each step returns the photos for the next one: those that were not replaced meanwhile.
LAST_STEPS: tuple[Step, ...] = (_post, _remove_stale_postings, _announce, _record, _mark_finalized)
