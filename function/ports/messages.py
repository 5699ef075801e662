"""Declares the ports of messages: tasks for the worker, announcements to the topic."""

from collections.abc import Sequence
from typing import Protocol

from function.values.photo import Photo


class Tasks(Protocol):
    """Sends tasks to the worker's queue."""

    def send(self, task: str, keys: Sequence[str]) -> None:
        """Send one task of the contract for the originals with these full keys. Raises ServiceUnavailableError."""


class Announcements(Protocol):
    """Publishes the state changes of photos to the topic."""

    def publish(self, events: Sequence[tuple[str, Photo]]) -> None:
        """Publish events, each a name such as `photo.ready` with its photo. Raises ServiceUnavailableError."""
