"""Updates photos by tasks instead of events: on the owner's request, for a changed recipe, after a lost index."""

from dataclasses import dataclass, replace
from functools import partial

from function.errors import ObjectNotFoundError
from function.index.keys import photo_id, recipe_id
from function.ports.index import WriteResult
from function.ports.objects import Records
from function.service import history
from function.service.conflicts import until_written
from function.service.ingest.develop import Developed
from function.service.ingest.intake import Ingest
from function.values.objects import ObjectVersion
from function.values.photo import Photo, State

RECORD_SUFFIX = ".json"
BY_OWNER = "at its owner's word"


@dataclass(frozen=True)
class Maintenance:
    """The worker's tasks for existing photos. Each is idempotent."""

    ingest: Ingest
    records: Records

    def reprocess(self, asked: ObjectVersion) -> None:
        """Develop a photo again, whatever its state; mark it as deleted where its original is gone."""
        indexed = self.ingest.find(asked)
        newest = self._newest_version(asked, indexed)
        if newest:
            self._develop(newest, None, history.retry_entries(BY_OWNER))
        elif indexed and indexed.state != State.DELETED:
            self.ingest.on_removed(replace(asked, sequencer=indexed.sequencer))

    def backfill(self, asked: ObjectVersion) -> None:
        """Take in a photo that is not indexed, or make what is stale by a changed recipe or a replaced original.

        A current photo without labels is labelled, where the stack has labels.
        """
        indexed = self.ingest.find(asked) or self._restore(asked)
        newest = self._newest_version(asked, indexed)
        if newest and not (indexed and is_current(indexed, newest.version_id, recipe_id(self.ingest.darkroom.recipe))):
            self._develop(newest, indexed, ())
        elif newest and indexed and self.ingest.finalizer.label(indexed) is WriteResult.CONFLICT:
            self.label(replace(asked, key=photo_id(asked.key)))

    def label(self, asked: ObjectVersion) -> None:
        """Label a waiting photo. The key of `asked` is the photo's id. Raises ConflictError."""
        until_written(partial(self._label, asked.key))

    def _label(self, identifier: str) -> WriteResult:
        indexed = self.ingest.index.get(identifier)
        return self.ingest.finalizer.label(indexed) if indexed else WriteResult.WRITTEN

    def settle(self, asked: ObjectVersion) -> None:
        """Settle a photo after its owner annotated it: its postings and its record. Raises ConflictError."""
        until_written(partial(self._finalize, asked))

    def _finalize(self, asked: ObjectVersion) -> WriteResult:
        indexed = self.ingest.find(asked)
        return self.ingest.finalizer.finalize(indexed) if indexed else WriteResult.WRITTEN

    def rebuild(self, asked: ObjectVersion) -> None:
        """Restore the photo of a record into the index. The key of `asked` is the record's.

        The postings of an indexed photo are written again, because a newer release may have more facets.
        """
        original = replace(asked, key=asked.key.removesuffix(RECORD_SUFFIX))
        if indexed := self.ingest.find(original):
            self.ingest.finalizer.post(indexed)
        else:
            self._restore(original)

    def _restore(self, original: ObjectVersion) -> Photo | None:
        """Restore a photo that is not indexed from its record. Returns None where it has none."""
        if record := self.records.load(original.key):
            self.ingest.finalizer.restore(record)
        return self.ingest.find(original) if record else None

    def _newest_version(self, asked: ObjectVersion, indexed: Photo | None) -> ObjectVersion | None:
        """Return the newest version in the bucket, with the sequencer that the index has. None where there is none."""
        found = self.ingest.originals.find(self.ingest.darkroom.originals_prefix + asked.key)
        if not found:
            return None
        if not indexed:
            return replace(asked, version_id=found.version_id, uploaded=found.uploaded)
        uploaded = indexed.uploaded if indexed.version_id == found.version_id and indexed.uploaded else found.uploaded
        return replace(asked, version_id=found.version_id, uploaded=uploaded, sequencer=indexed.sequencer)

    def _develop(self, original: ObjectVersion, indexed: Photo | None, entries: history.Entries) -> None:
        try:
            developed = self.ingest.darkroom.develop(original, indexed)
        except ObjectNotFoundError:
            return  # the event of its removal follows
        photo = replace(developed.photo, ledger=(*entries, *developed.photo.ledger))
        self.ingest.finish(original, lambda _: Developed(photo, developed.images), lambda *_: False)


def is_current(indexed: Photo, version_id: str | None, recipe: str) -> bool:
    """Check whether a photo is settled, of this version, and of the recipe with this `recipe_id`."""
    # A photo that was given up has no recipe. An unsupported one is tried again: there may be a decoder by now.
    made = indexed.recipe == recipe and indexed.state != State.UNSUPPORTED
    return made and indexed.version_id == version_id and indexed.settled
