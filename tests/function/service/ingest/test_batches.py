"""Photos that come in one batch: what they share is asked and told once, and what is wrong with one is its own."""

from collections import Counter
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from function.bootstrap import adapters
from function.handlers import worker
from function.index.keys import photo_id
from function.service.ingest import batch as batch_module
from function.values.annotations import Annotations
from function.values.photo import Photo, State
from tests.function.conftest import ORIGINALS, Cloud, batch, s3_event
from tests.support.faults import KILLS, REFUSALS, Fault, Killed, inject_fault, outcome, put_event, refused
from tests.support.tagging import sidecar

NOTHING_FAILED: dict[str, Any] = {"batchItemFailures": []}
SIDECAR = sidecar('xmp:Rating="4"')


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The calls of a batch in the same order each time."""
    monkeypatch.setattr(batch_module, "WORKERS", 1)


def several(cloud: Cloud, name: str) -> dict[str, Any]:
    """Of one batch: a photo, one with a sidecar, what is no photo, and the first one again."""
    cloud.put(f"originals/{name}2.jpg.xmp", SIDECAR)
    events = [put_event(cloud, f"originals/{name}{n}.jpg", "01", content) for n, content in enumerate((None, b"text"))]
    return batch(*events, put_event(cloud, f"originals/{name}2.jpg", "01"), events[0])


def outcomes(cloud: Cloud, name: str) -> list[str]:
    return [outcome(cloud, f"{name}{number}.jpg").replace(name, "NAME") for number in range(3)]


@pytest.mark.parametrize("fault", KILLS + REFUSALS)
@pytest.mark.usefixtures("one_at_a_time")
def test_a_disturbed_batch_done_again_ends_as_an_undisturbed_one(cloud: Cloud, fault: Fault) -> None:
    with inject_fault(None, fault) as calls:
        worker.handle(several(cloud, "calm"), None)
    expected = outcomes(cloud, "calm")
    for at, operation in enumerate(calls):
        event = several(cloud, f"{at:04}-")
        with inject_fault(at, fault):
            try:
                worker.handle(event, None)
            except Killed:
                assert fault in KILLS
        assert worker.handle(event, None) == NOTHING_FAILED
        assert outcomes(cloud, f"{at:04}-") == expected, f"{fault.__name__} at {operation}"


def test_ten_photos_are_looked_up_listed_posted_and_announced_together(cloud: Cloud) -> None:
    events = [put_event(cloud, f"originals/IMG_{number:04}.jpg", "01") for number in range(10)]
    with inject_fault(None, refused) as calls:
        assert worker.handle(batch(*events), None) == NOTHING_FAILED
    counted = Counter(calls)
    shared = {name: counted.pop(name) for name in ("BatchGetItem", "ListObjectsV2", "PublishBatch")}
    assert shared == {"BatchGetItem": 1, "ListObjectsV2": 1, "PublishBatch": 1}
    assert counted.pop("BatchWriteItem") < 10
    # Of each photo its original, two renditions, its record and its item; and all of them once more, as settled.
    assert counted == {"GetObject": 10, "PutObject": 30, "PutItem": 10, "TransactWriteItems": 1}
    assert len(cloud.told) == 10


def test_one_that_cannot_be_settled_goes_back_alone(cloud: Cloud) -> None:
    events = [put_event(cloud, f"originals/{name}.jpg", "01") for name in "abc"]
    real: Any = BaseClient._make_api_call  # type: ignore[attr-defined]

    def called(client: Any, operation: str, arguments: Any) -> Any:
        if operation == "BatchWriteItem" and photo_id("b.jpg") in repr(arguments):
            raise ClientError({"Error": {"Code": "ValidationException"}}, operation)
        return real(client, operation, arguments)

    with mock.patch.object(BaseClient, "_make_api_call", called):
        assert worker.handle(batch(*events), None) == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    found = [cloud.photo(f"{name}.jpg") for name in "abc"]
    assert [photo and photo.settled for photo in found] == [True, False, True]


def test_one_that_cannot_even_be_looked_up_goes_back_alone(cloud: Cloud) -> None:
    events = [put_event(cloud, "originals/a.jpg", "01"), put_event(cloud, "originals/b.jpg", "01")]
    events[0]["Records"][0]["s3"]["object"]["key"] = "originals/\ud800.jpg"  # half a character, which is no text
    assert worker.handle(batch(*events), None) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    photo = cloud.photo("b.jpg")
    assert photo
    assert photo.settled


def test_an_upload_and_its_delete_in_one_batch_leave_nothing(cloud: Cloud) -> None:
    event = put_event(cloud, "originals/a.jpg", "01")
    marker = cloud.s3.delete_object(Bucket=ORIGINALS, Key="originals/a.jpg")["VersionId"]
    removal = s3_event("originals/a.jpg", marker, "02", name="ObjectRemoved:DeleteMarkerCreated")
    assert worker.handle(batch(event, removal), None) == NOTHING_FAILED
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.state == State.DELETED
    assert not cloud.renditions()


def test_what_its_owner_wrote_about_a_photo_that_the_index_lost_holds_in_a_batch(cloud: Cloud) -> None:
    words = Annotations(caption="the sea", favourite=True)
    adapters.records().save(replace(Photo("a.jpg", State.READY, "01"), words=words))
    worker.handle(batch(*(put_event(cloud, f"originals/{name}.jpg", "02") for name in "ab")), None)
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.words == words
    recorded = adapters.records().load("a.jpg")
    assert recorded
    assert (recorded.words, recorded.state, recorded.renditions) == (words, State.READY, photo.renditions)
