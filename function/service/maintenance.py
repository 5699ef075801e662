"""Brings photos up to date without any event: at their owner's word, by a changed recipe, after the index was lost."""

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
    """What is done with photos that are there already, or were; each can be done again at any time."""

    ingest: Ingest
    records: Records

    def reprocess(self, asked: ObjectVersion) -> None:
        """Try a photo again, whatever it has come to."""
        indexed = self.ingest.find(asked)
        there = self._newest_version(asked, indexed)
        if there:
            self._develop(there, None, history.retry_entries(BY_OWNER))
        elif indexed and indexed.state != State.DELETED:
            self.ingest.on_removed(replace(asked, sequencer=indexed.sequencer))

    def backfill(self, asked: ObjectVersion) -> None:
        """Take in a photo that is not known, and make what a changed recipe, or a replaced file, has made stale.

        One that nobody has looked at yet is labelled, where the stack asks for labels.
        """
        indexed = self.ingest.find(asked) or self._restore(asked)
        there = self._newest_version(asked, indexed)
        if there and not (indexed and is_current(indexed, there.version_id, recipe_id(self.ingest.darkroom.recipe))):
            self._develop(there, indexed, ())
        elif there and indexed and self.ingest.finalizer.label(indexed) is WriteResult.CONFLICT:
            self.label(replace(asked, key=photo_id(asked.key)))

    def label(self, asked: ObjectVersion) -> None:
        """Have a photo labelled that waits for it, named by its id; where somebody else writes, look again."""
        until_written(partial(self._label, asked.key))

    def _label(self, identifier: str) -> WriteResult:
        indexed = self.ingest.index.get(identifier)
        return self.ingest.finalizer.label(indexed) if indexed else WriteResult.WRITTEN

    def settle(self, asked: ObjectVersion) -> None:
        """Have the photo's lists and its record follow what its owner wrote."""
        until_written(partial(self._finalize, asked))

    def _finalize(self, asked: ObjectVersion) -> WriteResult:
        indexed = self.ingest.find(asked)
        return self.ingest.finalizer.finalize(indexed) if indexed else WriteResult.WRITTEN

    def rebuild(self, asked: ObjectVersion) -> None:
        """Give the photo of a record its place in the index again; the key is the record's.

        One that has its place keeps it, and is put into the lists that it is not in, as after a release with new ones.
        """
        original = replace(asked, key=asked.key.removesuffix(RECORD_SUFFIX))
        if indexed := self.ingest.find(original):
            self.ingest.finalizer.post(indexed)
        else:
            self._restore(original)

    def _restore(self, original: ObjectVersion) -> Photo | None:
        """What was recorded of a photo that the index does not know, in its place again."""
        if record := self.records.load(original.key):
            self.ingest.finalizer.restore(record)
        return self.ingest.find(original) if record else None

    def _newest_version(self, asked: ObjectVersion, indexed: Photo | None) -> ObjectVersion | None:
        """The newest version in the bucket, as the event that the index knows would tell of it."""
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
            return  # the event of its removal says the rest
        photo = replace(developed.photo, ledger=(*entries, *developed.photo.ledger))
        self.ingest.finish(original, lambda _: Developed(photo, developed.images), lambda *_: False)


def is_current(indexed: Photo, version_id: str | None, recipe: str) -> bool:
    """Tell whether a photo is of this version and of this recipe, as named by `recipe_id`, and settled."""
    # What was given up was made by no recipe, and what no decoder took may have one by now.
    made = indexed.recipe == recipe and indexed.state != State.UNSUPPORTED
    return made and indexed.version_id == version_id and indexed.settled
