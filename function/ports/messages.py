"""Messages: tasks for the worker, announcements to the topic."""

from collections.abc import Sequence
from typing import Protocol

from function.values.photo import Photo


class Tasks(Protocol):
    """The way to ask the worker for something."""

    def send(self, task: str, keys: Sequence[str]) -> None:
        """Ask for a task of the contract with the originals of these whole keys."""


class Announcements(Protocol):
    """The topic that tells what became of a photo."""

    def publish(self, told: Sequence[tuple[str, Photo]]) -> None:
        """Tell of events, such as photo.ready, each of a photo."""
