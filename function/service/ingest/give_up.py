"""Marks files that could not be taken in as failed, with the reason."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from function.values.events import EventKind, ObjectEvent
from function.values.objects import ObjectVersion

Mark = Callable[[ObjectVersion, str], None]


@dataclass(frozen=True)
class GiveUp:
    """Marks files of either prefix as failed: originals and inbox files."""

    originals_prefix: str
    inbox_prefix: str
    mark_original: Mark
    mark_inbox_file: Mark

    def mark(self, event: ObjectEvent, reason: str) -> None:
        """Mark the object of the event as failed. Raises ServiceUnavailableError."""
        key = event.original.key
        if key.startswith(self.originals_prefix):
            self.mark_original(_below(event.original, self.originals_prefix), reason)
        elif key.startswith(self.inbox_prefix) and event.kind != EventKind.REMOVED:
            self.mark_inbox_file(_below(event.original, self.inbox_prefix), reason)


def _below(original: ObjectVersion, prefix: str) -> ObjectVersion:
    return replace(original, key=original.key.removeprefix(prefix))
