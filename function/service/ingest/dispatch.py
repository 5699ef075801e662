"""Chooses the use case for an event, by the prefix of its key and its kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from function.service.ingest.commit import Committed
from function.values.events import EventKind, ObjectEvent
from function.values.objects import ObjectVersion

Action = Callable[[ObjectVersion], Committed | None]


@dataclass(frozen=True)
class Dispatcher:
    """The actions by prefix and kind; each takes the object with its key below the prefix."""

    actions: Mapping[tuple[str, EventKind], Action]

    def dispatch(self, event: ObjectEvent) -> Committed | None:
        """Run the action for the event. Events without an action are ignored, and folders: keys that end with a slash.

        Returns a photo that is committed and waits to be finalized, or None.
        """
        key = event.original.key
        for (prefix, kind), action in self.actions.items():
            if kind == event.kind and key.startswith(prefix) and not key.endswith("/"):
                return action(replace(event.original, key=key.removeprefix(prefix)))
        return None
