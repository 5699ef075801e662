"""S3's objects on a disk that is full or faulty: an error, no event, and what was there before."""

import asyncio
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ministack import app
from ministack.services import s3

from local.emulator import files, trouble
from local.emulator.database import Database
from local.emulator.patches import objects

BUCKET = "originals"


@pytest.fixture
def events(guard: Callable[..., Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """A versioned bucket with an object, on a disk of its own; the events that S3 raises from then on."""
    guard(s3)
    raised: list[tuple[str, str]] = []
    monkeypatch.setattr(s3, "DATA_DIR", str(tmp_path / "objects"))
    monkeypatch.setattr(s3, "S3_PERSIST", True)
    monkeypatch.setattr(app, "AUTH", False)
    monkeypatch.setattr(s3, "_fire_s3_event_async", lambda _, key, name, **__: raised.append((key, name)))
    objects.apply()
    assert call("PUT", f"/{BUCKET}")[0] == 200
    enabled = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
    assert call("PUT", f"/{BUCKET}", enabled, versioning="")[0] == 200
    assert call("PUT", f"/{BUCKET}/a.jpg", b"old")[0] == 200
    raised.clear()
    return raised


def call(method: str, path: str, body: bytes = b"", **query: str) -> tuple[int, dict[str, str], bytes]:
    asked = {name: [value] for name, value in query.items()}
    answer: tuple[int, dict[str, str], bytes] = asyncio.run(s3.handle_request(method, path, {}, body, asked))
    return answer


def disk(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk answers each new file and each removal with this error."""

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    for name in ("_write", "link"):
        monkeypatch.setattr(files, name, fail)
    monkeypatch.setattr(s3, "_atomic_write", objects._raise_faults(fail))
    monkeypatch.setattr(s3.os, "remove", objects._raise_faults(fail))


def listed() -> str:
    return call("GET", f"/{BUCKET}", versions="")[2].decode()


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 507), (errno.EROFS, 500), (errno.EIO, 500)])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", f"/{BUCKET}/a.jpg"),
        ("PUT", f"/{BUCKET}/b.jpg"),
        ("PUT", f"/{BUCKET}/folder/c.jpg"),
        ("DELETE", f"/{BUCKET}/a.jpg"),
    ],
)
def test_what_the_disk_does_not_take_is_refused_and_changes_nothing(
    events: list[Any], monkeypatch: pytest.MonkeyPatch, number: int, status: int, method: str, path: str
) -> None:
    monkeypatch.setattr(trouble, "_happened", type(trouble._happened)())
    before = listed()
    with monkeypatch.context() as failing:
        disk(number, failing)
        assert call(method, path, b"new")[0] == status
    assert trouble.exit_code() == trouble.INCOMPLETE
    assert events == []
    assert listed() == before
    assert call("GET", f"/{BUCKET}/a.jpg")[2] == b"old"


def test_a_version_that_the_disk_does_not_remove_is_still_there(
    events: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    version = call("GET", f"/{BUCKET}/a.jpg")[1]["x-amz-version-id"]
    with monkeypatch.context() as failing:
        disk(errno.EROFS, failing)
        assert call("DELETE", f"/{BUCKET}/a.jpg", versionId=version)[0] == 500
    assert call("GET", f"/{BUCKET}/a.jpg")[2] == b"old"


def test_what_the_disk_does_not_give_is_an_error_and_no_empty_object(
    events: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> bytes:
        raise OSError(errno.EIO, "faulty")

    monkeypatch.setattr(objects, "_read", fail)
    assert call("GET", f"/{BUCKET}/a.jpg")[0] == 500


def test_each_version_is_kept_and_its_event_comes_after_it(events: list[Any]) -> None:
    first = call("GET", f"/{BUCKET}/a.jpg")[1]["x-amz-version-id"]
    second = call("PUT", f"/{BUCKET}/a.jpg", b"new")[1]["x-amz-version-id"]
    call("DELETE", f"/{BUCKET}/a.jpg")
    contents = [call("GET", f"/{BUCKET}/a.jpg", versionId=version)[2] for version in (first, second)]
    assert contents == [b"old", b"new"]
    assert [name for _, name in events] == ["s3:ObjectCreated:Put", "s3:ObjectRemoved:DeleteMarkerCreated"]


def test_an_upload_in_parts_can_be_completed_once_there_is_room(
    events: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/{BUCKET}/large.jpg"
    upload = call("POST", path, uploads="")[2].decode().split("<UploadId>")[1].split("<")[0]
    tag = call("PUT", path, b"part", uploadId=upload, partNumber="1")[1]["ETag"]
    done = (
        f"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{tag}</ETag></Part></CompleteMultipartUpload>"
    )
    with monkeypatch.context() as failing:
        disk(errno.ENOSPC, failing)
        assert call("POST", path, done.encode(), uploadId=upload)[0] == 507
    assert events == []
    assert call("POST", path, done.encode(), uploadId=upload)[0] == 200
    assert call("GET", path)[2] == b"part"


def test_bytes_that_fit_without_their_description_are_not_taken(
    events: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk takes the bytes and not the description, which comes after them in MiniStack."""

    def opening(path: Any, *more: Any) -> int:
        if files.DESCRIPTION in str(path):
            raise OSError(errno.ENOSPC, "full")
        return real(path, *more)

    real = os.open
    with monkeypatch.context() as failing:
        failing.setattr(os, "open", opening)
        failing.setattr(s3.os, "open", opening)
        assert call("PUT", f"/{BUCKET}/a.jpg", b"new")[0] == 507
    kept = [path.read_bytes() for path in (tmp_path / "objects").rglob("a.jpg")]
    assert kept == [b"old"]
    assert call("GET", f"/{BUCKET}/a.jpg")[2] == b"old"
