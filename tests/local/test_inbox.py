"""The inbox of the declared stack: what real clients drop into it lies ordered by day, and they have nothing to do."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import pytest
from PIL import Image

from function.aws.s3 import copies
from function.aws.s3.buckets import S3Originals
from function.index.keys import photo_id
from function.values.objects import ObjectVersion
from function.values.photo import State
from local.library import s3_events
from local.library.library import Library
from local.samples.scenes import draw
from tests.conftest import Client, awaited
from tests.local.emulator.test_clients import Uploader, ran, rclone, s3cmd
from tests.support.tagging import sidecar

EXIF_IFD, TAKEN = 0x8769, 0x9003


def photo(path: Path, day: str, scene: str = "sea") -> None:
    """A drawn photo of this day."""
    exif = Image.Exif()
    exif.get_ifd(EXIF_IFD)[TAKEN] = f"{day} 12:00:00"
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(draw(scene, 96, 64)).save(path, exif=exif)


def tree(folder: Path) -> None:
    """Photos of three days, one with a sidecar, two with one name, and what systems leave beside them."""
    photo(folder / "card" / "IMG_1.jpg", "2019:05:06")
    (folder / "card" / "IMG_1.xmp").write_bytes(sidecar('xmp:Rating="5"'))
    photo(folder / "card" / "IMG 2+ü.jpg", "2019:05:07")
    photo(folder / "phone" / "IMG_1.jpg", "2019:05:06", "dunes")
    photo(folder / "phone" / "deep" / "IMG_3.jpg", "2020:01:01")
    (folder / "phone" / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (folder / "notes.txt").write_text("milk, bread")


def stored(opened: Library, prefix: str) -> set[str]:
    found = opened.aws.s3.list_objects_v2(Bucket=opened.originals_bucket, Prefix=prefix)
    return {entry["Key"] for entry in found.get("Contents", ())}


@pytest.mark.parametrize("uploader", [rclone, s3cmd])
def test_a_tree_that_is_dropped_into_the_inbox_lies_ordered_by_day(
    opened: Library, tmp_path: Path, uploader: Uploader
) -> None:
    folder = tmp_path / "drop"
    tree(folder)
    name = uploader.__name__
    dated = {f"originals/2019/05/06/{name}", f"originals/2019/05/07/{name}", f"originals/2020/01/01/{name}"}
    for path in sorted(folder.rglob("*.jpg")) + sorted(folder.rglob("*.xmp")):
        path.rename(path.with_name(name + path.name))
    ran(*uploader(opened, folder, f"inbox/{name}"))
    waiting = f"inbox/{name}/"
    awaited(lambda: stored(opened, waiting) == {f"{waiting}phone/.DS_Store"})
    moved = {key for start in dated for key in stored(opened, start)}
    first, second = f"originals/2019/05/06/{name}IMG_1.jpg", f"originals/2019/05/06/{name}IMG_1-1.jpg"
    assert moved - {f"{first[:-4]}.xmp", f"{second[:-4]}.xmp"} == {
        first,
        second,
        f"originals/2019/05/07/{name}IMG 2+ü.jpg",
        f"originals/2020/01/01/{name}IMG_3.jpg",
    }
    assert len(moved) == 5
    keys = [key.removeprefix("originals/") for key in (first, second)]

    def ratings() -> list[int | None]:
        found = opened.index.get_many([photo_id(key) for key in keys])
        return [known.metadata.rating for known in found if known.state == State.READY and known.settled]

    awaited(lambda: sorted(ratings(), key=str) == [5, None])


@pytest.mark.parametrize("uploader", [rclone, s3cmd])
def test_a_second_sync_of_originals_uploads_nothing(opened: Library, tmp_path: Path, uploader: Uploader) -> None:
    tree(tmp_path)
    command, environment = uploader(opened, tmp_path, f"originals/quiet-{uploader.__name__}")
    ran(command, environment)
    names = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    keys = [photo_id(f"quiet-{uploader.__name__}/{name}") for name in names]
    awaited(lambda: len(opened.index.get_many(keys)) == len(names))
    again = ran(command, environment)
    assert not any(Path(name).name in again for name in names)


def test_what_is_given_up_in_the_inbox_is_shown_as_failed_until_its_file_is_gone(
    opened: Library, client: Client
) -> None:
    key = "inbox/stuck/alone.xmp"  # it waits for its photo
    opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key=key, Body=sidecar('xmp:Rating="5"'))
    dead_letters = opened.aws.sqs.get_queue_url(QueueName="safelight-dev-intake-dead-letters")["QueueUrl"]
    given_up = ObjectVersion(key, None, "0", datetime.now(UTC))
    s3_events.enqueue(replace(opened, queue_url=dead_letters), s3_events.CREATED, given_up)

    def failed() -> list[str]:
        return [photo["key"] for photo in client("/photos?shelf=failed").json()["photos"]]

    awaited(lambda: f"../{key}" in failed())
    opened.aws.s3.delete_object(Bucket=opened.originals_bucket, Key=key)
    awaited(lambda: f"../{key}" not in failed())


@pytest.fixture
def originals(opened: Library) -> S3Originals:
    return S3Originals(opened.aws.client("s3"), opened.originals_bucket)


def test_a_copy_in_parts_is_whole_and_takes_no_name_that_is_taken(originals: S3Originals) -> None:
    content, source, target = bytes(11 << 20), "kept/a", "kept/b"
    originals.client.put_object(Bucket=originals.bucket, Key=source, Body=content, Metadata={"mtime": "7"})
    stored = originals.find(source)
    assert stored
    with mock.patch.object(copies, "LARGEST_COPY", 10 << 20), mock.patch.object(copies, "PART_BYTES", 5 << 20):
        copied = originals.copy(source, stored, target)
        assert copied
        assert (copied.bytes, "-3" in copied.etag) == (len(content), True)
        assert originals.client.head_object(Bucket=originals.bucket, Key=target)["Metadata"] == {"mtime": "7"}
        assert originals.copy(source, stored, target) is None
        assert originals.copy(source, stored, target, over=True)
    assert not originals.client.list_multipart_uploads(Bucket=originals.bucket).get("Uploads")
