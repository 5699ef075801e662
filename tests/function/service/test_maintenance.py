"""What is done with photos without any event: tried again, brought up to date, put back into an index that was lost."""

import json
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from PIL import Image

from function.bootstrap import api as bootstrap_api
from function.bootstrap import clients
from function.bootstrap import worker as bootstrap_worker
from function.handlers import failures, worker
from function.index import postings
from function.index.keys import photo_id
from function.values.photo import Photo, State
from tests.function.conftest import ORIGINALS, RENDITIONS, TABLE, Cloud, batch, forget, s3_event
from tests.support.api_client import ask
from tests.support.faults import Killed, inject_fault, killed_before
from tests.support.pictures import encoded, quarters

KEY = "originals/a.jpg"


def asked(task: str, *keys: str) -> dict[str, Any]:
    return batch({"task": task, "keys": list(keys or (KEY,))})


def taken_in(cloud: Cloud, content: bytes | None = None) -> Photo:
    worker.handle(batch(s3_event(KEY, cloud.put(KEY, content), "01")), None)
    return known(cloud)


def known(cloud: Cloud) -> Photo:
    found = cloud.photo("a.jpg")
    assert found
    return found


def other_recipe() -> Any:
    return mock.patch.dict(
        "os.environ", {"RENDITIONS": '[{"size": 64, "quality": 80, "format": "jpeg"}, {"size": 16}]'}
    )


def test_its_owner_has_a_photo_tried_again(cloud: Cloud) -> None:
    before = taken_in(cloud)
    answer = ask("POST /photos/{id}/reprocess", id=photo_id("a.jpg"))
    assert answer["statusCode"] == 202
    queue = clients.client("sqs")
    (message,) = queue.receive_message(QueueUrl=bootstrap_api.settings().queue_url)["Messages"]
    worker.handle(batch(message["Body"]), None)
    after = known(cloud)
    assert [entry.what for entry in after.ledger] == [*(e.what for e in before.ledger), "retried", "rendered"]
    assert after.state == State.READY


def test_a_reprocess_finds_what_became_of_the_original_meanwhile(cloud: Cloud) -> None:
    taken_in(cloud)
    cloud.s3.delete_object(Bucket=ORIGINALS, Key=KEY)
    worker.handle(asked("reprocess"), None)
    assert known(cloud).state == State.DELETED
    cloud.put(KEY)
    worker.handle(asked("reprocess"), None)
    assert known(cloud).state == State.READY


def test_a_backfill_makes_what_a_changed_recipe_makes_stale_and_nothing_else(cloud: Cloud) -> None:
    taken_in(cloud)
    before = cloud.renditions()
    with other_recipe():
        forget()
        with inject_fault(None, killed_before) as calls:
            worker.handle(asked("backfill"), None)
    # The new size, and the record; what stays is not written again.
    assert calls.count("PutObject") == 2
    after = cloud.renditions()
    assert after["64/a.jpg.jpg"] == before["64/a.jpg.jpg"]
    assert set(after) == {"64/a.jpg.jpg", "16/a.jpg.jpg"}
    assert [rendition.name for rendition in known(cloud).renditions] == ["64", "16"]


def test_a_backfill_leaves_alone_what_is_up_to_date(cloud: Cloud) -> None:
    before = taken_in(cloud)
    with inject_fault(None, killed_before) as calls:
        worker.handle(asked("backfill"), None)
    assert calls == ["GetItem", "HeadObject"]
    assert known(cloud) == before


def test_a_backfill_tries_again_what_was_given_up(cloud: Cloud) -> None:
    event = batch(s3_event(KEY, cloud.put(KEY), "01"))
    failures.handle(event, None)
    assert known(cloud).state == State.FAILED
    worker.handle(asked("backfill"), None)
    assert known(cloud).state == State.READY


def test_a_backfill_tries_again_what_no_decoder_took(cloud: Cloud) -> None:
    assert taken_in(cloud, b"%!PS-Adobe-3.0 EPSF-3.0\n").state == State.UNSUPPORTED
    drawn = bootstrap_worker.ingest().darkroom.render(
        encoded(Image.fromarray(quarters()), "JPEG"), bootstrap_worker.settings().renditions
    )
    object.__setattr__(bootstrap_worker.ingest().darkroom, "render", lambda *_: drawn)
    worker.handle(asked("backfill"), None)
    assert known(cloud).state == State.READY


def test_a_backfill_takes_in_what_was_there_before_safelight(cloud: Cloud) -> None:
    cloud.put(KEY)
    worker.handle(asked("backfill"), None)
    assert known(cloud).state == State.READY
    assert len(cloud.renditions()) == 2


def test_a_backfill_of_what_the_index_has_lost_finds_its_record(cloud: Cloud) -> None:
    before = taken_in(cloud)
    lose(cloud)
    # In a rebuild, both are asked for at nearly the same moment.
    worker.handle(asked("backfill"), None)
    worker.handle(asked("rebuild", "records/a.jpg.json"), None)
    assert replace(known(cloud), revision=before.revision) == before
    assert cloud.posted("a.jpg") == postings.keys(before)


def test_the_late_event_of_what_was_backfilled_changes_nothing(cloud: Cloud) -> None:
    version = cloud.put(KEY)
    worker.handle(asked("backfill"), None)
    before = known(cloud)
    worker.handle(batch(s3_event(KEY, version, "01")), None)
    assert known(cloud) == before


@pytest.mark.parametrize("content", [None, b"no photo at all"])
def test_an_index_that_was_lost_is_whole_again_by_what_lies_beside_the_renditions(
    cloud: Cloud, content: bytes | None
) -> None:
    before = taken_in(cloud, content)
    lose(cloud)
    with inject_fault(None, killed_before) as calls:
        worker.handle(asked("rebuild", "records/a.jpg.json"), None)
    assert "PutObject" not in calls
    assert replace(known(cloud), revision=before.revision) == before
    assert cloud.posted("a.jpg") == postings.keys(before) != set()


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_rebuild_that_is_killed_and_done_again_leaves_no_photo_out_of_its_lists(cloud: Cloud, at: int) -> None:
    before = taken_in(cloud)
    lose(cloud)
    with inject_fault(at, killed_before), pytest.raises(Killed):
        worker.handle(asked("rebuild", "records/a.jpg.json"), None)
    worker.handle(asked("rebuild", "records/a.jpg.json"), None)
    assert known(cloud).state == before.state
    assert cloud.posted("a.jpg") == postings.keys(before)


def test_a_rebuild_puts_what_is_known_into_lists_that_are_new(cloud: Cloud) -> None:
    before = taken_in(cloud)
    with mock.patch.dict(postings.POSTINGS_BY_SHELF["library"], colour=lambda photo: photo.colours):
        worker.handle(asked("rebuild", "records/a.jpg.json"), None)
        assert cloud.posted("a.jpg") == postings.keys(before)
        assert any(key.startswith("colour") for key in postings.keys(before))
    assert known(cloud) == before


def test_a_rebuild_never_overwrites_what_is_known(cloud: Cloud) -> None:
    before = taken_in(cloud)
    worker.handle(asked("rebuild", "records/a.jpg.json"), None)
    assert known(cloud) == before


def test_a_record_is_what_the_index_has(cloud: Cloud) -> None:
    taken_in(cloud)
    record = json.loads(cloud.s3.get_object(Bucket=RENDITIONS, Key="records/a.jpg.json")["Body"].read())
    assert (
        record
        == cloud.dynamodb.get_item(
            TableName=TABLE, Key={"pk": {"S": f"photo#{photo_id('a.jpg')}"}, "sk": {"S": "photo"}}
        )["Item"]
    )


def lose(cloud: Cloud) -> None:
    """Empty the table."""
    for item in cloud.dynamodb.scan(TableName=TABLE)["Items"]:
        cloud.dynamodb.delete_item(TableName=TABLE, Key={name: item[name] for name in ("pk", "sk")})
