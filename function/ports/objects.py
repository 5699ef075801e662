"""Declares the ports of the buckets: originals, renditions and records.

Each method raises ServiceUnavailableError where the store cannot be reached or refuses the call.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from function.values.photo import Photo


@dataclass(frozen=True)
class ObjectInfo:
    """S3's facts about an object: version, size in bytes, ETag, time of upload, and CRC64NVME where it has one."""

    version_id: str | None
    bytes: int
    etag: str
    uploaded: datetime
    checksum: str | None = None


class OriginalFile(BinaryIO):
    """A seekable file over one version of an original. `etag` is S3's ETag of it, where known."""

    etag: str | None


class Originals(Protocol):
    """Reads, copies and deletes objects of the originals bucket. Keys are full keys."""

    def find(self, key: str, version_id: str | None = None) -> ObjectInfo | None:
        """Look up one object. Returns None where there is none."""

    def list_objects(self, prefix: str, limit: int = 1000) -> dict[str, ObjectInfo]:
        """List the first `limit` objects, at most 1,000, whose keys start with `prefix`.

        Returns them by full key, in the order of keys, without version ids.
        """

    def open(self, key: str, version_id: str | None, *, whole: bool = True) -> OriginalFile:
        """Open one version. `whole` says that most of it will be read, so that it is fetched ahead.

        Raises ObjectNotFoundError, also from reads, where the version does not exist.
        """

    def copy(self, source: str, stored: ObjectInfo, target: str, *, over: bool = False) -> ObjectInfo | None:
        """Copy one version to another key of the bucket. Returns the copy.

        Returns None where the target exists, unless `over` allows to replace it. Raises ObjectNotFoundError where the
        source does not exist.
        """

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Delete an object into the trash (a delete marker), or one version of it permanently."""


class Renditions(Protocol):
    """Reads and writes the renditions bucket."""

    def put(self, key: str, content: bytes, content_type: str, recipe: str) -> None:
        """Store a rendition with the id of the recipe that made it."""

    def read(self, key: str) -> bytes:
        """Read the bytes of a rendition."""

    def delete(self, key: str) -> None:
        """Delete a rendition. A key without one is ignored."""

    def sign(self, key: str) -> str:
        """Presign a GET URL of the rendition, valid for a limited time."""


class Records(Protocol):
    """Stores each photo's item as JSON beside its renditions, so that the index can be rebuilt."""

    def save(self, photo: Photo) -> None:
        """Write the photo's record over any earlier one."""

    def add(self, photo: Photo) -> bool:
        """Write the photo's record unless it has one. Returns False where it has."""

    def load(self, key: str) -> Photo | None:
        """Read the record of the photo with this key. Returns None where there is none."""
