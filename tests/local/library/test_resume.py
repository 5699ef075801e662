"""A library that is stopped, killed, opened at another port, or of an older version: nothing lost, nothing twice."""

import io
import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from function.index.keys import photo_id
from local.emulator import database
from local.emulator.process import free_port
from local.library.library import Library, open_library
from local.library.resume import resume_unfinished
from local.samples import draw
from tests.conftest import awaited
from tests.support.served import served

COUNT = 40
# As many as can be in the hands of workers at the same time, in batches.
IN_FLIGHT = 15


@pytest.fixture(scope="module")
def photos() -> dict[str, bytes]:
    """Small photos, no two of which are the same."""
    return {f"{number:03}.jpg": drawn(number) for number in range(COUNT)}


def drawn(number: int) -> bytes:
    stored = io.BytesIO()
    Image.fromarray(draw("sea", 120 + number, 90)).save(stored, "JPEG")
    return stored.getvalue()


def test_after_a_kill_only_what_was_in_flight_is_made_again(photos: dict[str, bytes], tmp_path: Path) -> None:
    with served(tmp_path) as running:
        for key, body in photos.items():
            running.put(key, body)
        awaited(lambda: len(running.renditions()) > COUNT // 3)
        before = running.renditions()
        running.kill()
    made = renditions_on_disk(tmp_path)
    with served(tmp_path) as running:
        awaited(lambda: len(running.renditions()) == COUNT)
        drained(tmp_path)
        again = {key for key, moment in running.renditions().items() if before.get(key, moment) != moment}
        assert running.originals() == photos
        running.stop()
    assert len(again) <= IN_FLIGHT
    assert COUNT - len(made) <= rendered(tmp_path) <= COUNT - len(made) + IN_FLIGHT


def test_an_index_that_is_lost_is_made_again_without_a_rendition(photos: dict[str, bytes], tmp_path: Path) -> None:
    """As after a kill of a version that saved the index when it stopped: all but the index is there."""
    few = dict(list(photos.items())[:5])
    with served(tmp_path) as running:
        for key, body in few.items():
            running.put(key, body)
        awaited(lambda: len(running.renditions()) == len(few))
        drained(tmp_path)
        running.stop()
    for path in (tmp_path / "state").glob(f"{database.FILE}*"):
        path.unlink()
    (tmp_path / "running").touch()
    with served(tmp_path) as running:
        before = running.renditions()
        awaited(lambda: len(indexed(tmp_path)) == len(few))
        drained(tmp_path)
        assert running.renditions() == before
        running.stop()
    assert rendered(tmp_path) == 0


def test_a_library_stopped_in_the_middle_goes_on_at_another_port(photos: dict[str, bytes], tmp_path: Path) -> None:
    with served(tmp_path) as running:
        for key, body in photos.items():
            running.put(key, body)
        start = time.monotonic()
        running.stop()
        assert time.monotonic() - start < 20
    for number in range(2):  # what arrives at each port is taken in
        with served(tmp_path, free_port()) as running:
            running.put(f"late-{number}.jpg", drawn(COUNT + number))
            awaited(lambda: len(running.renditions()) == COUNT + number + 1)  # noqa: B023
            running.stop()
    assert len(indexed(tmp_path)) == COUNT + 2


def test_the_event_of_an_original_that_a_kill_lost_is_found(photos: dict[str, bytes], tmp_path: Path) -> None:
    first, second = list(photos)[:2]
    with open_library(tmp_path, free_port()) as opened:
        for key in (first, second):
            opened.s3.put_object(Bucket=opened.originals_bucket, Key=f"originals/{key}", Body=photos[key])
        awaited(lambda: len(known(opened, [first, second])) == 2)
        awaited(lambda: not opened.waiting())
    forget(tmp_path, first)
    hide(tmp_path, second)
    (tmp_path / "running").touch()
    with open_library(tmp_path, free_port()) as opened:
        assert resume_unfinished(opened) == 2
        awaited(lambda: known(opened, [first]))
        awaited(lambda: [photo.state for photo in known(opened, [second])] == ["deleted"])
    with open_library(tmp_path, free_port()) as opened:
        assert resume_unfinished(opened) == 0  # that run was not interrupted


def test_a_library_of_the_version_before_opens_with_all_that_is_in_it(photos: dict[str, bytes], tmp_path: Path) -> None:
    few = dict(list(photos.items())[:4])
    with open_library(tmp_path, free_port()) as opened:
        for key, body in few.items():
            opened.s3.put_object(Bucket=opened.originals_bucket, Key=f"originals/{key}", Body=body)
        awaited(lambda: len(known(opened, list(few))) == len(few))
        awaited(lambda: not opened.waiting())
        before = known(opened, list(few))
    make_old(tmp_path, port=8485)
    with open_library(tmp_path, free_port()) as opened:
        assert known(opened, list(few)) == before
        late = list(photos)[-1]
        opened.s3.put_object(Bucket=opened.originals_bucket, Key=f"originals/{late}", Body=photos[late])
        awaited(lambda: known(opened, [late]))
        urls = opened.aws.sqs.list_queues()["QueueUrls"]
        assert len(urls) == len({url.rsplit("/", 1)[-1] for url in urls})
    assert rendered(tmp_path) == 1


def make_old(folder: Path, port: int) -> None:
    """Write the state as versions before the database did: items and messages in JSON, and a queue for each port."""
    state = folder / "state"
    tables = json.loads((state / "dynamodb.json").read_text())
    stored = database.Database(state / database.FILE)
    for table in tables["payload"]["tables"]["data"].values():
        table["items"] = {}
        for partition, sort, item in stored.items(table["TableArn"]):
            table["items"].setdefault(partition, {})[sort] = item
    (state / "dynamodb.json").write_text(json.dumps(tables))
    queues = json.loads((state / "sqs.json").read_text())
    found = queues["payload"]["queues"]["data"]
    for place, queue in list(found.items()):
        for at in (port, port + 10):
            moved = {**queue, "url": queue["url"].replace("4566", str(at)), "messages": []}
            found[place.replace("4566", str(at))] = moved
        del found[place]
    (state / "sqs.json").write_text(json.dumps(queues))
    stored.close()
    for path in state.glob(f"{database.FILE}*"):
        path.unlink()


def known(opened: Library, keys: list[str]) -> list[Any]:
    found = opened.index.get_many([photo_id(key) for key in keys])
    return sorted((photo for photo in found if photo.settled), key=lambda photo: photo.key)


def stored_items(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Table, partition and sort key of each stored item of a photo."""
    stored = database.Database(folder / "state" / database.FILE)
    for arn, partition, sort in stored._read("SELECT arn, partition, sort FROM items"):
        if partition.startswith(b"photo#"):
            yield arn, partition.decode(), sort.decode()
    stored.close()


def indexed(folder: Path) -> list[str]:
    return [partition for _, partition, _ in stored_items(folder)]


def drained(folder: Path) -> None:
    def look() -> bool:
        stored = database.Database(folder / "state" / database.FILE)
        (count,) = stored._read("SELECT count(*) FROM messages")[0]
        stored.close()
        return not count

    awaited(look)


def forget(folder: Path, key: str) -> None:
    """Take a photo's item out of the index, as if its event had never been stored."""
    stored = database.Database(folder / "state" / database.FILE)
    for arn, partition, sort in list(stored_items(folder)):
        if photo_id(key) in partition + sort:
            values = (arn, database.key_bytes(partition), database.key_bytes(sort))
            stored.write([(database.DELETE_ITEM, values)])
    stored.close()


def hide(folder: Path, key: str) -> None:
    """Mark an original as deleted, as if the event of its removal had never been stored."""
    bucket = next(found for found in (folder / "objects").glob("*/*originals"))
    path = bucket / "originals" / f"{key}.meta.json"
    meta = json.loads(path.read_text())
    version = meta["versions"][-1]
    kept = (
        folder / "objects" / ".versions" / bucket.parent.name / bucket.name / version["version_id"] / "originals" / key
    )
    kept.parent.mkdir(parents=True)
    shutil.move(path.with_name(key), kept)
    marker = {**version, "version_id": "marker", "is_delete_marker": True, "size": 0, "etag": ""}
    path.write_text(json.dumps({**meta, "is_delete_marker": True, "versions": [version, marker]}))


def renditions_on_disk(folder: Path) -> set[str]:
    return {path.name for path in (folder / "objects").rglob("2048/*.jpg")}


def rendered(folder: Path) -> int:
    """How many photos the last run has made renditions of, by the worker's log."""
    log = (folder / "embedded-aws.log").read_text(errors="replace")
    return len(re.findall(r'"RenderTime": [\d.]+', log))
