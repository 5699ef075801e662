"""Moves what is dropped into the inbox to its place among the originals, by the day when it was taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from function.errors import GoneError
from function.ports import Originals, Stored, WorldError
from function.service.developing import Describe
from function.values import Original

CHUNK = 1 << 20


@dataclass(frozen=True)
class Inbox:
    """The inbox and where it empties to. What arrives among the originals is taken in by its own event."""

    originals: Originals
    inbox_prefix: str
    originals_prefix: str
    describe: Describe

    def created(self, original: Original) -> None:
        """Move one file: a copy, verified, then the delete. Done twice, it ends the same."""
        source = self.inbox_prefix + original.key
        stored = self.originals.find(source, original.version_id)
        if not stored:
            return
        try:
            with self.originals.open(source, stored.version_id, whole=False) as file:
                day = self.describe(file, original.key, original.uploaded, b"").taken.when
            names = _names(original.key.rpartition("/")[2])
            folder = f"{self.originals_prefix}{day:%Y/%m/%d}"
            next(name for name in names if self._lies_at(f"{folder}/{name}", source, stored))
            self.originals.delete(source, stored.version_id)
        except GoneError:
            return  # someone else took it out of the inbox

    def _lies_at(self, target: str, source: str, stored: Stored) -> bool:
        """Whether the same bytes lie at the target; where nothing lies there, they are copied to it."""
        there = self.originals.find(target)
        if there:
            return self._is_same(target, there, source, stored)
        copied = self.originals.copy(source, stored.version_id, target)
        if not copied:
            return self._lies_at(target, source, stored)  # another file took the name a moment ago
        if not self._is_same(target, copied, source, stored):
            raise WorldError(f"S3: the copy of {source} is not what was copied")
        return True

    def _is_same(self, target: str, there: Stored, source: str, stored: Stored) -> bool:
        if there.bytes != stored.bytes:
            return False
        if there.etag == stored.etag:
            return True
        if there.checksum and stored.checksum:
            return there.checksum == stored.checksum
        # The ETag of what was uploaded in parts is another one in the copy: the bytes themselves tell.
        with (
            self.originals.open(source, stored.version_id) as one,
            self.originals.open(target, there.version_id) as other,
        ):
            return _reads_the_same(one, other)


def _reads_the_same(one: BinaryIO, other: BinaryIO) -> bool:
    while chunk := one.read(CHUNK):
        if chunk != other.read(CHUNK):
            return False
    return not other.read(1)


def _names(name: str) -> Iterator[str]:
    yield name
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        stem, dot, suffix = name, "", ""
    number = 1
    while True:
        yield f"{stem}-{number}{dot}{suffix}"
        number += 1
