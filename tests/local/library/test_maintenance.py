"""The whole library brought up to date, through the state machine of the declared stack."""

import json
from dataclasses import replace

import pytest
from PIL import Image

from function.index.keys import photo_id
from function.values.photo import Photo, State
from local.library import maintenance
from local.library.library import Library
from tests.conftest import Client, awaited
from tests.support.pictures import encoded, quarters


def known(opened: Library, key: str) -> Photo | None:
    return opened.index.get(photo_id(key))


@pytest.fixture
def photo(opened: Library, request: pytest.FixtureRequest) -> Photo:
    """A photo in the library, each test's own."""
    key = f"{request.node.name}.png"
    content = encoded(Image.fromarray(quarters()), "PNG").getvalue()
    target = {"Bucket": opened.originals_bucket, "Key": f"{opened.originals_prefix}{key}"}
    version = opened.aws.client("s3").put_object(**target, Body=content)["VersionId"]

    def settled() -> Photo | None:
        found = known(opened, key)
        return found if found and found.settled and found.version_id == version else None

    found: Photo = awaited(settled)
    return found


def test_an_index_that_was_lost_is_made_again_of_what_lies_in_the_buckets(opened: Library, photo: Photo) -> None:
    assert maintenance.forget(opened) >= 1
    assert known(opened, photo.key) is None
    maintenance.run(opened, "rebuild")
    assert replace(known(opened, photo.key) or photo, revision=photo.revision) == photo


def test_a_backfill_takes_in_what_the_index_does_not_know(opened: Library, photo: Photo) -> None:
    maintenance.forget(opened)
    maintenance.run(opened, "backfill")
    found = known(opened, photo.key)
    assert found
    assert (found.state, found.version_id) == (State.READY, photo.version_id)


def test_a_task_that_is_none_is_refused_with_the_ones_that_there_are(opened: Library) -> None:
    with pytest.raises(maintenance.UpkeepError, match="backfill"):
        maintenance.run(opened, "tidy")


def test_what_was_given_up_is_shown_and_tried_again(opened: Library, client: Client, photo: Photo) -> None:
    dead_letters = opened.aws.sqs.get_queue_url(QueueName="safelight-dev-intake-dead-letters")["QueueUrl"]
    event = {
        "eventName": "ObjectCreated:Put",
        "eventTime": "2026-01-02T03:04:05Z",
        "s3": {
            "bucket": {"name": opened.originals_bucket},
            "object": {"key": f"{opened.originals_prefix}{photo.key}", "sequencer": "F" * 20, "versionId": "new"},
        },
    }
    opened.aws.sqs.send_message(QueueUrl=dead_letters, MessageBody=json.dumps({"Records": [event]}))

    def given_up() -> Photo | None:
        found = known(opened, photo.key)
        return found if found and found.state == State.FAILED else None

    reason = awaited(given_up).reason
    shown = client(f"/photos/{photo_id(photo.key)}").json()
    assert (shown["state"], shown["reason"]) == ("failed", reason)
    assert shown["ledger"][-1]["detail"] == reason
    assert maintenance.replay(opened) == 1
    assert (known(opened, photo.key) or photo).state == State.READY


def test_its_owner_has_a_photo_taken_in_again(opened: Library, client: Client, photo: Photo) -> None:
    assert client(f"/photos/{photo_id(photo.key)}/reprocess", "POST").status == 202

    def retried() -> bool:
        found = known(opened, photo.key)
        return bool(found and found.settled and "retried" in [entry.what for entry in found.ledger])

    assert awaited(retried)
