"""The buckets: originals, renditions and records."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from function.values.photo import Photo


@dataclass(frozen=True)
class ObjectInfo:
    """What S3 says of an object: its version, size in bytes, ETag, when it came, and its CRC64 where it has one."""

    version_id: str | None
    bytes: int
    etag: str
    uploaded: datetime
    checksum: str | None = None


class OriginalFile(BinaryIO):
    """The bytes of one version of an original, to be read and sought in; `etag` is S3's own name for them."""

    etag: str | None


class Originals(Protocol):
    """The originals bucket."""

    def find(self, key: str, version_id: str | None = None) -> ObjectInfo | None:
        """What is stored under the key, or None."""

    def listed(self, prefix: str, most: int = 1000) -> dict[str, ObjectInfo]:
        """What is stored under keys that begin so, as far as that is no more than so many, without their versions."""

    def open(self, key: str, version_id: str | None, *, whole: bool = True) -> OriginalFile:
        """The bytes of one version, which will most likely be read as a whole, or only here and there."""

    def copy(self, source: str, stored: ObjectInfo, target: str, *, over: bool = False) -> ObjectInfo | None:
        """Copy one version to another key, within the bucket; None where something lies there and is not to go."""

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Delete the object: into the trash, or one version for good."""


class Renditions(Protocol):
    """The renditions bucket."""

    def put(self, key: str, content: bytes, content_type: str, recipe: str) -> None:
        """Store a rendition."""

    def read(self, key: str) -> bytes:
        """The bytes of a rendition."""

    def delete(self, key: str) -> None:
        """Remove a rendition; one that is not there is no fault."""

    def sign(self, key: str) -> str:
        """An address that gives the rendition to whoever has it, for a while."""


class Records(Protocol):
    """What is known of each photo, kept beside its renditions: the index can be made again of it."""

    def save(self, photo: Photo) -> None:
        """Keep all that is known of the photo."""

    def add(self, photo: Photo) -> bool:
        """Keep all that is known of a photo of which nothing is kept; False, and nothing done, where something is."""

    def load(self, key: str) -> Photo | None:
        """What was known of the photo with this key, or None."""
