"""Moves what is dropped into the inbox to its place among the originals, by the day when it was taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from function import metadata
from function.errors import GoneError
from function.ports import Originals, Stored, WorldError
from function.values import Original


@dataclass(frozen=True)
class Inbox:
    """The inbox and where it empties to. What arrives among the originals is taken in by its own event."""

    originals: Originals
    inbox_prefix: str
    originals_prefix: str

    def created(self, original: Original) -> None:
        """Move one file: a copy, verified, then the delete. Done twice, it ends the same."""
        source = self.inbox_prefix + original.key
        stored = self.originals.find(source, original.version_id)
        if not stored:
            return
        try:
            target, taken = self._place(source, stored, original)
        except GoneError:
            return
        if not taken:
            copied = self.originals.copy(source, stored.version_id, target)
            if (copied.bytes, copied.etag) != (stored.bytes, stored.etag):
                raise WorldError(f"S3: the copy of {source} is not what was copied")
        self.originals.delete(source, stored.version_id)

    def _place(self, source: str, stored: Stored, original: Original) -> tuple[str, bool]:
        """The key to move to, and whether the same bytes are there already."""
        with self.originals.open(source, stored.version_id) as file:
            day = metadata.read(file).taken or original.uploaded
        folder = f"{self.originals_prefix}{day:%Y/%m/%d}"
        for name in _names(PurePosixPath(original.key).name):
            there = self.originals.find(f"{folder}/{name}")
            if not there:
                return f"{folder}/{name}", False
            if (there.bytes, there.etag) == (stored.bytes, stored.etag):
                return f"{folder}/{name}", True
        raise AssertionError("there is always another name")


def _names(name: str) -> Iterator[str]:
    yield name
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    number = 1
    while True:
        yield f"{stem}-{number}{suffix}"
        number += 1
