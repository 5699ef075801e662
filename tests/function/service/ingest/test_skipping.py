"""What lies among photos and is none ends in a state of its own, quietly."""

import pytest

from function.handlers import worker
from function.service.ingest.ignored import is_system_file
from function.values.photo import State
from tests.function.conftest import Cloud, batch
from tests.support.faults import inject_fault, put_event, refused

VIDEO = b"\x00\x00\x00\x18ftypisom" + bytes(40)


def taken_in(cloud: Cloud, key: str, content: bytes | None) -> list[str]:
    """The calls that it took."""
    event = batch(put_event(cloud, f"originals/{key}", "01", content))
    with inject_fault(None, refused) as calls:
        assert worker.handle(event, None) == {"batchItemFailures": []}
    return calls


@pytest.mark.parametrize(
    "key",
    [
        *(".DS_Store", "2024/._IMG_1.jpg", "Thumbs.db", "a/desktop.ini", "nas/@eaDir/IMG_1.jpg/SYNOPHOTO_THUMB_XL.jpg"),
        *(".thumbnails/a.jpg", "THUMBS.DB", "__MACOSX/a/b.jpg"),
    ],
)
def test_litter_is_skipped_by_its_name_and_not_even_read(cloud: Cloud, key: str) -> None:
    assert "GetObject" not in taken_in(cloud, key, None)
    photo = cloud.photo(key)
    assert photo
    assert photo.state == State.SKIPPED
    assert cloud.told == [{"event": "photo.skipped", "key": key}]
    assert not cloud.renditions()


@pytest.mark.parametrize("key", ["thumbs.db.jpg", "DS_Store.jpg", "_IMG_1.jpg", "eaDir/a.jpg", "desktop.init"])
def test_what_only_looks_like_litter_is_none(key: str) -> None:
    assert not is_system_file(key)


@pytest.mark.parametrize(("key", "content"), [("a.mov", VIDEO), ("notes.txt", b"milk, bread"), ("a", b"milk")])
def test_what_is_no_photo_by_its_bytes_is_skipped(cloud: Cloud, key: str, content: bytes) -> None:
    taken_in(cloud, key, content)
    photo = cloud.photo(key)
    assert photo
    assert photo.state == State.SKIPPED
    assert "not a photo" in (photo.reason or "")
    assert cloud.told == [{"event": "photo.skipped", "key": key}]


def test_what_is_called_a_photo_and_is_none_is_no_quiet_matter(cloud: Cloud) -> None:
    taken_in(cloud, "IMG_1.NEF", b"<html>You are not signed in</html>")
    photo = cloud.photo("IMG_1.NEF")
    assert photo
    assert photo.state == State.UNSUPPORTED
