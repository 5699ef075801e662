"""One move within the bucket: a copy that is verified, before anything is deleted."""

from dataclasses import dataclass
from typing import BinaryIO

from function.errors import ServiceUnavailableError
from function.ports.objects import ObjectInfo, Originals

CHUNK = 1 << 20


@dataclass(frozen=True)
class VerifiedMove:
    """The version of an object that is to lie elsewhere."""

    originals: Originals
    source: str
    stored: ObjectInfo

    def ensure_at(self, target: str) -> bool:
        """Whether the same bytes lie at the target; where nothing lies there, they are copied to it."""
        there = self.originals.find(target)
        if there:
            return self.is_same(target, there)
        copied = self.originals.copy(self.source, self.stored, target)
        if not copied:
            return self.ensure_at(target)  # another file took the name a moment ago
        self._verify(target, copied)
        return True

    def replace(self, target: str) -> None:
        """Copy over what lies at the target, which stays there as an older version."""
        copied = self.originals.copy(self.source, self.stored, target, over=True)
        assert copied  # there was no condition
        self._verify(target, copied)

    def is_same(self, target: str, there: ObjectInfo) -> bool:
        """Whether what lies at the target has the same bytes."""
        if there.bytes != self.stored.bytes:
            return False
        if there.etag == self.stored.etag:
            return True
        if there.checksum and self.stored.checksum:
            return there.checksum == self.stored.checksum
        # The ETag of what was uploaded in parts is another one in the copy: the bytes themselves tell.
        with (
            self.originals.open(self.source, self.stored.version_id) as one,
            self.originals.open(target, there.version_id) as other,
        ):
            return _reads_the_same(one, other)

    def _verify(self, target: str, copied: ObjectInfo) -> None:
        if not self.is_same(target, copied):
            raise ServiceUnavailableError(f"S3: the copy of {self.source} is not what was copied")


def _reads_the_same(one: BinaryIO, other: BinaryIO) -> bool:
    while chunk := one.read(CHUNK):
        if chunk != other.read(CHUNK):
            return False
    return not other.read(1)
