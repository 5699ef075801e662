"""Brings photos up to date without any event: at their owner's word, by a changed recipe, after the index was lost."""

from dataclasses import dataclass, replace

from function.errors import GoneError
from function.keys import photo_id, recipe_id
from function.ports import Records
from function.service import ledger
from function.service.developing import Developed
from function.service.intake import Intake
from function.values import Original, Photo, State

RECORD_SUFFIX = ".json"
BY_OWNER = "at its owner's word"


@dataclass(frozen=True)
class Upkeep:
    """What is done with photos that are there already, or were; each can be done again at any time."""

    intake: Intake
    records: Records

    def reprocess(self, asked: Original) -> None:
        """Try a photo again, whatever it has come to."""
        known = self.intake.known(asked)
        there = self._there(asked, known)
        if there:
            self._develop(there, None, ledger.retried(BY_OWNER))
        elif known and known.state != State.DELETED:
            self.intake.removed(replace(asked, sequencer=known.sequencer))

    def backfill(self, asked: Original) -> None:
        """Take in a photo that is not known, and make what a changed recipe, or a replaced file, has made stale.

        One that nobody has looked at yet is labelled, where the stack asks for labels.
        """
        known = self.intake.known(asked) or self._restored(asked)
        there = self._there(asked, known)
        if there and not (known and is_current(known, there.version_id, recipe_id(self.intake.darkroom.recipe))):
            self._develop(there, known, ())
        elif there and known and not self.intake.shelving.label(known):
            self.label(replace(asked, key=photo_id(asked.key)))

    def label(self, asked: Original) -> None:
        """Have a photo labelled that waits for it, named by its id; where somebody else writes, look again."""
        while (known := self.intake.index.get(asked.key)) and not self.intake.shelving.label(known):
            continue

    def settle(self, asked: Original) -> None:
        """Have the photo's lists and its record follow what its owner wrote."""
        while (known := self.intake.known(asked)) and not self.intake.shelving.settle(known):
            continue

    def rebuild(self, asked: Original) -> None:
        """Give the photo of a record its place in the index again; the key is the record's.

        One that has its place keeps it, and is put into the lists that it is not in, as after a release with new ones.
        """
        original = replace(asked, key=asked.key.removesuffix(RECORD_SUFFIX))
        if known := self.intake.known(original):
            self.intake.shelving.post(known)
        else:
            self._restored(original)

    def _restored(self, original: Original) -> Photo | None:
        """What was recorded of a photo that the index does not know, in its place again."""
        if record := self.records.load(original.key):
            self.intake.shelving.restore(record)
        return self.intake.known(original) if record else None

    def _there(self, asked: Original, known: Photo | None) -> Original | None:
        """The newest version in the bucket, as the event that the index knows would tell of it."""
        found = self.intake.originals.find(self.intake.darkroom.originals_prefix + asked.key)
        if not found:
            return None
        if not known:
            return replace(asked, version_id=found.version_id, uploaded=found.uploaded)
        uploaded = known.uploaded if known.version_id == found.version_id and known.uploaded else found.uploaded
        return replace(asked, version_id=found.version_id, uploaded=uploaded, sequencer=known.sequencer)

    def _develop(self, original: Original, known: Photo | None, told: ledger.Entries) -> None:
        try:
            developed = self.intake.darkroom.develop(original, known)
        except GoneError:
            return  # the event of its removal says the rest
        photo = replace(developed.photo, ledger=(*told, *developed.photo.ledger))
        self.intake.shelve(original, lambda _: Developed(photo, developed.images), lambda *_: False)


def is_current(known: Photo, version_id: str | None, recipe: str) -> bool:
    """Tell whether a photo is of this version and of this recipe, as named by `recipe_id`, and settled."""
    # What was given up was made by no recipe, and what no decoder took may have one by now.
    made = known.recipe == recipe and known.state != State.UNSUPPORTED
    return made and known.version_id == version_id and known.settled
