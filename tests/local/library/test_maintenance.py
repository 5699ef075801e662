"""The whole library brought up to date, through the state machine of the declared stack."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image

from function.aws.dynamodb import codec
from function.contract.environment import Variable
from function.index.keys import photo_id
from function.ports.index import WriteResult
from function.values.photo import Photo, State
from local.library import maintenance, outdated
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


@pytest.fixture
def put_inbox(opened: Library) -> Iterator[str]:
    """The key of a file that its system keeps for itself, which stays in the inbox."""
    key = f"{opened.environment[Variable.INBOX_PREFIX]}.DS_Store"
    opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key=key, Body=b"x")
    yield key
    opened.aws.s3.delete_object(Bucket=opened.originals_bucket, Key=key)


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


def test_a_backfill_asks_for_what_is_not_up_to_date_alone(opened: Library, photo: Photo, put_inbox: str) -> None:
    whole = f"{opened.originals_prefix}{photo.key}"
    assert put_inbox in outdated.keys(opened)
    assert whole not in outdated.keys(opened)
    for change in ({"recipe": "older"}, {"version_id": "older"}, {"settled": False}, {"state": State.UNSUPPORTED}):
        written = opened.index.put(replace(known(opened, photo.key) or photo, **change).revised())
        assert written is WriteResult.WRITTEN
        assert whole in outdated.keys(opened)
        written = opened.index.put(replace(photo, revision=(known(opened, photo.key) or photo).revision).revised())
        assert written is WriteResult.WRITTEN
    assert whole not in outdated.keys(opened)
    opened.aws.dynamodb.delete_item(TableName=opened.environment[Variable.TABLE], Key=codec.key(photo_id(photo.key)))
    assert whole in outdated.keys(opened)
    maintenance.run(opened, "backfill")
    assert whole not in outdated.keys(opened)


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
