"""What could not be moved out of the inbox: shown among the failed, until its file is moved or taken away."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from function.index.keys import outside_key, photo_id
from function.ports.index import Index
from function.ports.messages import Announcements
from function.ports.objects import Originals
from function.service import history
from function.service.history import continued
from function.values.objects import ObjectVersion
from function.values.photo import Photo, State

FAILED = "photo.failed"


@dataclass(frozen=True)
class FailedInbox:
    """The files of the inbox that were given up. Each is known by where it lies, beside the originals.

    There is no record of them: after the index was lost, what is in the inbox still is tried again.
    """

    index: Index
    announcements: Announcements
    originals: Originals
    inbox_prefix: str
    move: Callable[[ObjectVersion], None]

    def given_up(self, original: ObjectVersion, reason: str) -> None:
        """Show a file as failed with this reason, unless something newer is known of it."""
        while not ((known := self._known(original)) and _is_told(known, original)):
            failed = self._failed(original, reason)
            failed = replace(failed, ledger=continued(known, history.developed(failed)))
            failed = replace(failed, revision=known.revision + 1 if known else 1)
            if self.index.put(failed):
                self.announcements.publish([(FAILED, failed)])
                self.index.put(failed.revised(settled=True))
                return

    def again(self, original: ObjectVersion) -> None:
        """Try again to move a file; what stays in the inbox then does so by rights, as a sidecar that waits."""
        if there := self.originals.find(self.inbox_prefix + original.key):
            # Where nothing tells its day, that of its upload counts, not that of this try.
            self.move(replace(original, version_id=there.version_id, uploaded=there.uploaded))
        self._clear(original, is_over=lambda: True)

    def gone(self, original: ObjectVersion) -> None:
        """Take a file out of the failed where it was moved, or deleted by any client."""
        self._clear(original, is_over=lambda: not self.originals.find(self.inbox_prefix + original.key))

    def _clear(self, original: ObjectVersion, is_over: Callable[[], bool]) -> None:
        while (known := self._known(original)) and known.state == State.FAILED and is_over():
            newest = max(known.sequencer, original.sequencer)
            told = continued(known, history.deleted())
            cleared = known.revised(
                state=State.DELETED, reason=None, sequencer=newest, updated=datetime.now(UTC), ledger=told, settled=True
            )
            if self.index.put(cleared):
                return

    def _known(self, original: ObjectVersion) -> Photo | None:
        return self.index.get(photo_id(self._key(original)))

    def _key(self, original: ObjectVersion) -> str:
        return outside_key(self.inbox_prefix + original.key)

    def _failed(self, original: ObjectVersion, reason: str) -> Photo:
        return Photo(
            self._key(original),
            State.FAILED,
            original.sequencer,
            version_id=original.version_id,
            reason=reason,
            uploaded=original.uploaded,
            updated=datetime.now(UTC),
        )


def _is_told(known: Photo, original: ObjectVersion) -> bool:
    return known.sequencer > original.sequencer or (known.sequencer == original.sequencer and known.settled)
