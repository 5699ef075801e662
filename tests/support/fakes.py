"""Implements the ports in memory, so that tests of services take milliseconds."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from function.index.keys import photo_id
from function.index.postings import Posting
from function.ports.index import WriteResult
from function.ports.objects import ObjectInfo, OriginalFile
from function.values.photo import Photo

NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)


class FakeFile(io.BytesIO):
    """The bytes of an original."""

    etag = "etag"


@dataclass
class FakeOriginals:
    """The originals bucket; an object's version is the hash of its bytes."""

    objects: dict[str, bytes] = field(default_factory=dict)

    def find(self, key: str, version_id: str | None = None) -> ObjectInfo | None:
        content = self.objects.get(key)
        return None if content is None else ObjectInfo(version(content), len(content), version(content), NOON)

    def list_objects(self, prefix: str, limit: int = 1000) -> dict[str, ObjectInfo]:
        keys = sorted(key for key in self.objects if key.startswith(prefix))[:limit]
        return {key: info for key in keys if (info := self.find(key))}

    def open(self, key: str, version_id: str | None, *, whole: bool = True) -> OriginalFile:
        file: Any = FakeFile(self.objects[key])
        file.etag = version(self.objects[key])
        return file  # type: ignore[no-any-return]

    def copy(self, source: str, stored: ObjectInfo, target: str, *, over: bool = False) -> ObjectInfo | None:
        if target in self.objects and not over:
            return None
        self.objects[target] = self.objects[source]
        return self.find(target)

    def delete(self, key: str, version_id: str | None = None) -> None:
        self.objects.pop(key, None)


@dataclass
class FakeRenditions:
    """The renditions bucket."""

    objects: dict[str, bytes] = field(default_factory=dict)

    def put(self, key: str, content: bytes, content_type: str, recipe: str) -> None:
        self.objects[key] = content

    def read(self, key: str) -> bytes:
        return self.objects[key]

    def delete(self, key: str) -> None:
        self.objects.pop(key, None)

    def sign(self, key: str) -> str:
        return f"https://renditions.example/{key}"


@dataclass
class FakeIndex:
    """The photos of the index table, each written only over the revision before."""

    photos: dict[str, Photo] = field(default_factory=dict)

    def get(self, identifier: str) -> Photo | None:
        return self.photos.get(identifier)

    def get_many(self, identifiers: Sequence[str]) -> list[Photo]:
        return [self.photos[identifier] for identifier in identifiers if identifier in self.photos]

    def put(self, photo: Photo) -> WriteResult:
        return self.put_all([photo])

    def put_all(self, photos: Sequence[Photo]) -> WriteResult:
        before = {photo_id(photo.key): self.photos.get(photo_id(photo.key)) for photo in photos}
        revisions = [found.revision if (found := before[photo_id(photo.key)]) else 0 for photo in photos]
        if any(photo.revision - 1 != revision for photo, revision in zip(photos, revisions, strict=True)):
            return WriteResult.CONFLICT
        self.photos.update({photo_id(photo.key): photo for photo in photos})
        return WriteResult.WRITTEN

    def shelf(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError


@dataclass
class FakePostings:
    """The postings of the index table."""

    index: FakeIndex
    keys: set[str] = field(default_factory=set)

    def add(self, postings: Sequence[Posting]) -> None:
        self.keys.update(posting.key for posting in postings)

    def remove(self, photo: Photo, keys: Sequence[str]) -> WriteResult:
        known = self.index.get(photo_id(photo.key))
        if keys and not (known and known.revision == photo.revision):
            return WriteResult.CONFLICT
        self.keys.difference_update(keys)
        return WriteResult.WRITTEN

    def query(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError

    def query_prefix(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError

    def distinct_values(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError


@dataclass
class FakeRecords:
    """The records beside the renditions."""

    photos: dict[str, Photo] = field(default_factory=dict)

    def save(self, photo: Photo) -> None:
        self.photos[photo.key] = photo

    def add(self, photo: Photo) -> bool:
        return self.photos.setdefault(photo.key, photo) is photo

    def load(self, key: str) -> Photo | None:
        return self.photos.get(key)


@dataclass
class FakeAnnouncements:
    """The topic: each event with the key of its photo."""

    events: list[tuple[str, str]] = field(default_factory=list)

    def publish(self, events: Sequence[tuple[str, Photo]]) -> None:
        self.events.extend((event, photo.key) for event, photo in events)


def version(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()
