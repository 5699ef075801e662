"""The inbox, in a bucket that behaves as S3 does where emulators do not."""

import hashlib
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from function import metadata
from function.errors import ObjectNotFoundError, ServiceUnavailableError
from function.ports.index import Move
from function.ports.objects import ObjectInfo, OriginalFile
from function.service.inbox.inbox import Inbox
from function.values.objects import ObjectVersion

CAME = datetime(2026, 1, 2, tzinfo=UTC)
DAY = "originals/2026/01/02"


@dataclass
class Bucket:
    """Objects by key. A copy has an ETag of its own, as that of what was uploaded in parts, and fails where told to."""

    objects: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    has_checksums: bool = False
    breaks_copies: bool = False
    takes_the_name: bytes | None = None
    copies: int = 0

    def put(self, key: str, content: bytes, parts: int = 1) -> None:
        etag = hashlib.sha256(content).hexdigest() + (f"-{parts}" if parts > 1 else "")
        self.objects[key] = content, etag

    def find(self, key: str, version_id: str | None = None) -> ObjectInfo | None:
        if key not in self.objects:
            return None
        content, etag = self.objects[key]
        checksum = hashlib.md5(content).hexdigest() if self.has_checksums else None
        return ObjectInfo(None, len(content), etag, CAME, checksum)

    def list_objects(self, prefix: str, limit: int = 1000) -> dict[str, ObjectInfo]:
        return {key: found for key in sorted(self.objects) if key.startswith(prefix) and (found := self.find(key))}

    def open(self, key: str, version_id: str | None, *, whole: bool = True) -> OriginalFile:
        if key not in self.objects:
            raise ObjectNotFoundError(key)
        return cast("OriginalFile", io.BytesIO(self.objects[key][0]))

    def copy(self, source: str, stored: ObjectInfo, target: str, *, over: bool = False) -> ObjectInfo | None:
        if self.takes_the_name is not None:
            self.put(target, self.takes_the_name)
            self.takes_the_name = None
        if target in self.objects and not over:
            return None
        content = self.objects[source][0]
        self.put(target, content[:-1] + b"?" if self.breaks_copies else content)
        self.copies += 1
        return self.find(target)

    def delete(self, key: str, version_id: str | None = None) -> None:
        del self.objects[key]


@dataclass
class Remembered:
    """The moves out of the inbox."""

    moves: dict[str, Move] = field(default_factory=dict)

    def remember(self, source: str, target: str, kept: timedelta) -> None:
        self.moves[source] = Move(target, datetime.now(UTC))

    def find(self, source: str) -> Move | None:
        return self.moves.get(source)


PATTERN = "{year}/{month}/{day}/{name}"


def drop(bucket: Bucket, name: str = "a.jpg", pattern: str = PATTERN) -> None:
    inbox = Inbox(bucket, Remembered(), "inbox/", "originals/", pattern, metadata.describe)
    inbox.on_created(ObjectVersion(name, None, "01", CAME))


@pytest.mark.parametrize("has_checksums", [True, False])
def test_what_was_uploaded_in_parts_moves_although_its_copy_has_another_etag(*, has_checksums: bool) -> None:
    bucket = Bucket(has_checksums=has_checksums)
    bucket.put("inbox/a.jpg", b"a RAW file", parts=3)
    drop(bucket)
    assert set(bucket.objects) == {f"{DAY}/a.jpg"}


@pytest.mark.parametrize("has_checksums", [True, False])
def test_the_same_bytes_in_parts_are_not_stored_twice(*, has_checksums: bool) -> None:
    bucket = Bucket(has_checksums=has_checksums)
    for parts in (3, 1, 2):
        bucket.put("inbox/a.jpg", b"a RAW file", parts=parts)
        drop(bucket)
    assert set(bucket.objects) == {f"{DAY}/a.jpg"}


@pytest.mark.parametrize("has_checksums", [True, False])
def test_other_bytes_of_the_same_length_get_another_name(*, has_checksums: bool) -> None:
    bucket = Bucket(has_checksums=has_checksums)
    for content in (b"one", b"two", b"six"):
        bucket.put("inbox/a.jpg", content)
        drop(bucket)
    assert {key: content for key, (content, _) in bucket.objects.items()} == {
        f"{DAY}/a.jpg": b"one",
        f"{DAY}/a-1.jpg": b"two",
        f"{DAY}/a-2.jpg": b"six",
    }


@pytest.mark.parametrize("has_checksums", [True, False])
def test_a_copy_that_is_not_what_was_copied_leaves_the_inbox_as_it_is(*, has_checksums: bool) -> None:
    bucket = Bucket(has_checksums=has_checksums, breaks_copies=True)
    bucket.put("inbox/a.jpg", b"bytes", parts=2)
    with pytest.raises(ServiceUnavailableError):
        drop(bucket)
    assert bucket.objects["inbox/a.jpg"][0] == b"bytes"


def test_a_name_that_another_photo_takes_at_the_same_moment_is_not_written_over() -> None:
    bucket = Bucket(takes_the_name=b"another")
    bucket.put("inbox/a.jpg", b"bytes")
    drop(bucket)
    assert bucket.objects[f"{DAY}/a.jpg"][0] == b"another"
    assert bucket.objects[f"{DAY}/a-1.jpg"][0] == b"bytes"


def test_the_same_event_at_the_same_moment_copies_once() -> None:
    bucket = Bucket(takes_the_name=b"bytes")
    bucket.put("inbox/a.jpg", b"bytes")
    drop(bucket)
    assert (set(bucket.objects), bucket.copies) == ({f"{DAY}/a.jpg"}, 0)


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("a b+c.tar.gz", "a b+c.tar-1.gz"),
        ("no ending", "no ending-1"),
        (".hidden", ".hidden-1"),
        ("phone/all/a.jpg", "a-1.jpg"),
        ("e\u0301📷.jpg", "e\u0301📷-1.jpg"),
    ],
)
def test_a_second_name_keeps_the_ending(name: str, second: str) -> None:
    bucket = Bucket()
    for content in (b"one", b"two"):
        bucket.put(f"inbox/{name}", content)
        drop(bucket, name)
    assert set(bucket.objects) == {f"{DAY}/{name.rpartition('/')[2]}", f"{DAY}/{second}"}


def test_the_same_bytes_are_found_under_whatever_name_they_were_given() -> None:
    bucket = Bucket()
    for content in (b"one", b"two", b"six", b"two", b"one", b"six"):
        bucket.put("inbox/a.jpg", content)
        drop(bucket)
    assert set(bucket.objects) == {f"{DAY}/a.jpg", f"{DAY}/a-1.jpg", f"{DAY}/a-2.jpg"}


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{year}-{month}-{day}/{name}", "2026-01-02/a.jpg"),
        ("{year}/{folder}/{name}", "2026/phone/all/a.jpg"),
        ("{name}", "a.jpg"),
        ("by day/{year}{month}{day}_{name}", "by day/20260102_a.jpg"),
    ],
)
def test_the_pattern_says_where_to(pattern: str, key: str) -> None:
    bucket = Bucket()
    bucket.put("inbox/phone/all/a.jpg", b"one")
    drop(bucket, "phone/all/a.jpg", pattern)
    assert set(bucket.objects) == {f"originals/{key}"}


def test_what_has_no_folder_leaves_no_gap_where_its_name_would_stand() -> None:
    bucket = Bucket()
    bucket.put("inbox/a.jpg", b"one")
    drop(bucket, pattern="{folder}/{year}/{name}")
    assert set(bucket.objects) == {"originals/2026/a.jpg"}


@pytest.mark.parametrize("name", [".DS_Store", "phone/._a.jpg", "nas/@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg"])
def test_litter_stays_in_the_inbox(name: str) -> None:
    bucket = Bucket()
    bucket.put(f"inbox/{name}", b"one")
    drop(bucket, name)
    assert set(bucket.objects) == {f"inbox/{name}"}
