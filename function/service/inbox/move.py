"""Copies an object within the bucket and verifies the copy, before the caller deletes the source."""

from dataclasses import dataclass
from typing import BinaryIO

from function.errors import ServiceUnavailableError
from function.ports.objects import ObjectInfo, Originals

CHUNK = 1 << 20


@dataclass(frozen=True)
class VerifiedMove:
    """The move of one version of an object. Methods raise ObjectNotFoundError and ServiceUnavailableError."""

    originals: Originals
    source: str
    stored: ObjectInfo

    def ensure_at(self, target: str) -> bool:
        """Copy the object to a free target. Returns whether the target has the same bytes, copied now or before."""
        existing = self.originals.find(target)
        if existing:
            return self.is_same(target, existing)
        copied = self.originals.copy(self.source, self.stored, target)
        if not copied:
            return self.ensure_at(target)  # another writer created the target meanwhile
        self._verify(target, copied)
        return True

    def replace(self, target: str) -> None:
        """Copy the object over the target, whose content stays as an older version."""
        copied = self.originals.copy(self.source, self.stored, target, over=True)
        assert copied  # there was no condition
        self._verify(target, copied)

    def is_same(self, target: str, existing: ObjectInfo) -> bool:
        """Check whether the target has the same bytes: by size, ETag, checksum, or else by reading both."""
        if existing.bytes != self.stored.bytes:
            return False
        if existing.etag == self.stored.etag:
            return True
        if existing.checksum and self.stored.checksum:
            return existing.checksum == self.stored.checksum
        # The copy of a multipart upload has another ETag, so the bytes are compared.
        with (
            self.originals.open(self.source, self.stored.version_id) as one,
            self.originals.open(target, existing.version_id) as other,
        ):
            return _reads_the_same(one, other)

    def _verify(self, target: str, copied: ObjectInfo) -> None:
        if not self.is_same(target, copied):
            raise ServiceUnavailableError(f"S3: the copy of {self.source} differs from it")


def _reads_the_same(one: BinaryIO, other: BinaryIO) -> bool:
    while chunk := one.read(CHUNK):
        if chunk != other.read(CHUNK):
            return False
    return not other.read(1)
