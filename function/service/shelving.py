"""Gives a photo its place in the library, in steps of which each can be done again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from function import postings
from function.keys import photo_id
from function.ports import Announcements, Index, Lists, Records, Renditions
from function.service.developing import Developed
from function.service.ledger import continued
from function.values import Photo, State

# What the topic tells of each state.
EVENTS = {
    State.READY: "photo.ready",
    State.PARTIAL: "photo.ready",
    State.FLAGGED: "photo.flagged",
    State.UNSUPPORTED: "photo.failed",
    State.FAILED: "photo.failed",
    State.DELETED: "photo.deleted",
}


@dataclass(frozen=True)
class Shelving:
    """Renditions first, then the index, then what follows from it: nobody is told of what is not there yet.

    Postings only ever point to a photo: whoever lists them looks at the photo before it is shown.
    """

    renditions: Renditions
    index: Index
    lists: Lists
    announcements: Announcements
    records: Records

    def shelve(self, developed: Developed, before: Photo | None) -> bool:
        """Put the photo in the place of the one before; False where that is another one by now."""
        self.store(developed)
        revision = before.revision + 1 if before else 1
        photo = replace(
            developed.photo,
            revision=revision,
            stale=_stale(before, developed.photo),
            ledger=continued(before, developed.photo.ledger),
            stale_postings=postings.stale(before, developed.photo),
            settled=False,
        )
        return self.index.put(photo) and self.settle(photo)

    def settle(self, photo: Photo) -> bool:
        """Remove what the photo replaced, post and announce it, unless done; False where it is replaced by now."""
        if photo.settled:
            return True
        self.clear(photo.stale)
        self.lists.add(postings.postings(photo))
        if self.lists.remove(photo, photo.stale_postings):
            self.announcements.publish(EVENTS[photo.state], photo)
            settled = photo.revised(stale=(), stale_postings=(), settled=True)
            self.records.save(settled)
            if self.index.put(settled):
                return True
        self._withdraw(photo)
        return False

    def restore(self, record: Photo) -> None:
        """Put a photo into its place again as it was recorded, unless there is one already; nobody is told."""
        photo = replace(record, revision=1, settled=True)
        self.lists.add(postings.postings(photo))
        if not self.index.put(photo):
            self._withdraw(photo)

    def _withdraw(self, photo: Photo) -> None:
        """Remove the postings of a photo that was replaced while they were written, but for those of the newer one."""
        gone = postings.keys(photo)
        while (newer := self.index.get(photo_id(photo.key))) and not self.lists.remove(
            newer, sorted(gone - postings.keys(newer))
        ):
            continue

    def store(self, developed: Developed) -> None:
        """Store the renditions."""
        for rendition, image in developed.images:
            self.renditions.put(rendition.key, image.content, image.content_type, developed.photo.recipe or "")

    def clear(self, keys: Iterable[str]) -> None:
        """Remove renditions; those that are not there are no fault."""
        for key in keys:
            self.renditions.delete(key)


def _stale(before: Photo | None, after: Photo) -> tuple[str, ...]:
    """What is left of the photo before: its renditions, and what was left to remove when it was interrupted."""
    if not before:
        return ()
    kept = {rendition.key for rendition in after.renditions}
    found = dict.fromkeys((*before.stale, *(rendition.key for rendition in before.renditions)))
    return tuple(key for key in found if key not in kept)
