"""Shows inbox files that could not be moved on the failed shelf, until they are moved or deleted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from function.index.keys import outside_key, photo_id
from function.ports.index import Index, WriteResult
from function.ports.messages import Announcements
from function.ports.objects import Originals
from function.service import history
from function.service.conflicts import until_written
from function.service.history import extend
from function.service.ingest.finalize import EVENTS
from function.values.objects import ObjectVersion
from function.values.photo import Photo, State


@dataclass(frozen=True)
class FailedInbox:
    """The inbox files that were given up. Each is indexed by its path outside of the originals prefix.

    They have no records: after the index was lost, files in the inbox are tried again.
    """

    index: Index
    announcements: Announcements
    originals: Originals
    inbox_prefix: str
    move: Callable[[ObjectVersion], None]

    def mark_failed(self, original: ObjectVersion, reason: str) -> None:
        """Mark a file as failed with this reason, unless the index has a newer event of it. Raises ConflictError."""
        until_written(partial(self._mark, original, reason))

    def _mark(self, original: ObjectVersion, reason: str) -> WriteResult:
        indexed = self._find(original)
        if indexed and _is_older_event(indexed, original):
            return WriteResult.WRITTEN
        failed = self._failed_photo(original, reason)
        failed = replace(failed, ledger=extend(indexed, history.version_entries(failed)))
        failed = replace(failed, revision=indexed.revision + 1 if indexed else 1)
        if self.index.put(failed) is WriteResult.CONFLICT:
            return WriteResult.CONFLICT
        self.announcements.publish([(EVENTS[State.FAILED], failed)])
        self.index.put(failed.revised(settled=True))
        return WriteResult.WRITTEN

    def retry(self, original: ObjectVersion) -> None:
        """Move a file again, and clear its failure. A file that stays then, such as a waiting sidecar, is in order."""
        if stored := self.originals.find(self.inbox_prefix + original.key):
            # A file without a date is dated by its upload, not by this attempt.
            self.move(replace(original, version_id=stored.version_id, uploaded=stored.uploaded))
        until_written(partial(self._clear, original, is_over=lambda: True))

    def clear(self, original: ObjectVersion) -> None:
        """Clear the failure of a file that was moved, or that a client deleted. Raises ConflictError."""
        is_gone = partial(self._is_gone, original)
        until_written(partial(self._clear, original, is_over=is_gone))

    def _is_gone(self, original: ObjectVersion) -> bool:
        return not self.originals.find(self.inbox_prefix + original.key)

    def _clear(self, original: ObjectVersion, is_over: Callable[[], bool]) -> WriteResult:
        indexed = self._find(original)
        if not (indexed and indexed.state == State.FAILED and is_over()):
            return WriteResult.WRITTEN
        cleared = indexed.revised(
            state=State.DELETED,
            reason=None,
            sequencer=max(indexed.sequencer, original.sequencer),
            updated=datetime.now(UTC),
            ledger=extend(indexed, history.deletion_entries()),
            settled=True,
        )
        return self.index.put(cleared)

    def _find(self, original: ObjectVersion) -> Photo | None:
        return self.index.get(photo_id(self._key(original)))

    def _key(self, original: ObjectVersion) -> str:
        return outside_key(self.inbox_prefix + original.key)

    def _failed_photo(self, original: ObjectVersion, reason: str) -> Photo:
        return Photo(
            self._key(original),
            State.FAILED,
            original.sequencer,
            version_id=original.version_id,
            reason=reason,
            uploaded=original.uploaded,
            updated=datetime.now(UTC),
        )


def _is_older_event(indexed: Photo, original: ObjectVersion) -> bool:
    return indexed.sequencer > original.sequencer or (indexed.sequencer == original.sequencer and indexed.settled)
