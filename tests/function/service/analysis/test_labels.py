"""What is seen in photos: asked for once per version, as far as the budget goes, and never at a photo's expense."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any
from unittest import mock

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from PIL import Image

from function.bootstrap import worker as bootstrap_worker
from function.contract.environment import Variable
from function.contract.table import PARTITION, SEPARATOR
from function.handlers import worker
from function.index.keys import photo_id
from function.index.postings import keys
from function.service.analysis.labels import CLAIM_TTL, COOL_DOWN, SPENT, STARTED
from function.values.photo import Photo, State
from infra import policies
from tests.function.conftest import ORIGINALS, RENDITIONS, TABLE, Cloud, batch, forget, s3_event
from tests.support.api_client import ask, body
from tests.support.faults import (
    Call,
    Killed,
    answer_lost,
    inject_fault,
    killed_after,
    killed_before,
    put_event,
    refused,
)
from tests.support.pictures import encoded, quarters

KEY = "originals/a.jpg"
OTHER = encoded(Image.fromarray(quarters()[::-1, : quarters().shape[1] // 2].copy()), "JPEG").getvalue()
SEEN = {"Mobile Phone", "Phone"}


@dataclass
class Watch:
    """A clock that is set by hand, and the pictures that Rekognition was shown."""

    now: datetime = datetime(2026, 1, 30, 12, tzinfo=UTC)
    shown: list[bytes] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    fault: Callable[[], BaseException | None] = lambda: None
    names_each: bool = False

    def restart(self) -> None:
        """A cold start of the worker."""
        forget()
        seeing = bootstrap_worker.labelling()
        assert seeing
        seeing.now, seeing.warn = lambda: self.now, self.told.append


@pytest.fixture
def watch(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """The worker with Rekognition, for three photos a month."""
    monkeypatch.setenv(Variable.REKOGNITION_MONTHLY_IMAGES, "3")
    made = Watch()
    real: Any = BaseClient._make_api_call  # type: ignore[attr-defined]

    def called(client: Any, operation: str, arguments: Any) -> Any:
        if operation == "DetectLabels":
            made.shown.append(arguments["Image"]["Bytes"])
            if error := made.fault():
                raise error
            if made.names_each:
                return {"Labels": [{"Name": name_of(made.shown[-1]), "Confidence": 90.0}]}
        return real(client, operation, arguments)

    with mock.patch.object(BaseClient, "_make_api_call", called):
        made.restart()
        yield made


def name_of(jpeg: bytes) -> str:
    """A label that no other picture has."""
    return sha256(jpeg).hexdigest()[:12]


def handle(*events: Any) -> None:
    for event in events:
        assert worker.handle(batch(event), None) == {"batchItemFailures": []}


def upload(cloud: Cloud, key: str = KEY, content: bytes | None = None, sequencer: str = "01") -> Photo:
    handle(put_event(cloud, key, sequencer, content))
    return known(cloud, key)


def known(cloud: Cloud, key: str = KEY) -> Photo:
    photo = cloud.photo(key.removeprefix("originals/"))
    assert photo
    assert photo.settled
    assert cloud.posted(photo.key) == keys(photo)
    return photo


def labelled(photo: Photo) -> bool:
    return bool(photo.labels) and not photo.unlabelled


def waiting(cloud: Cloud, key: str = KEY) -> bool:
    name = key.removeprefix("originals/")
    return any(posting.startswith(f"unlabelled{SEPARATOR}waiting") for posting in cloud.posted(name))


def label(*named: str) -> None:
    """What the state machine sends for the photos that wait."""
    handle({"task": "label", "keys": [photo_id(key.removeprefix("originals/")) for key in named or (KEY,)]})


def spent(cloud: Cloud, month: str = "2026-01") -> int:
    key = {PARTITION: {"S": f"budget#{month}"}, "sk": {"S": "rekognition"}}
    return int(cloud.dynamodb.get_item(TableName=TABLE, Key=key).get("Item", {}).get("spent", {"N": "0"})["N"])


def test_a_photo_is_found_by_what_is_seen_in_it_and_by_what_that_is_a_kind_of(cloud: Cloud, watch: Watch) -> None:
    photo = upload(cloud)
    assert photo.labels
    assert photo.labels[0].name == "Mobile Phone"
    assert photo.labels[0].parents == ("Phone",)
    assert {key.split(SEPARATOR)[1] for key in keys(photo) if key.startswith("label")} == {"mobile phone", "phone"}
    assert [entry.what for entry in photo.ledger][-1] == "labelled"
    assert [told["event"] for told in cloud.told] == ["photo.ready"]
    assert not waiting(cloud)


def test_its_owner_is_told_the_labels_as_text(cloud: Cloud, watch: Watch) -> None:
    upload(cloud)
    told = body(ask("GET /photos/{id}", id=photo_id("a.jpg")))
    assert told["labels"] == [{"name": "Mobile Phone", "confidence": 99.9, "parents": ["Phone"]}]
    assert told["terms"]["label"] == ["Mobile Phone", "Phone"]


def test_a_rendition_is_shown_and_never_the_original(cloud: Cloud, watch: Watch) -> None:
    upload(cloud)
    stored = cloud.s3.get_object(Bucket=RENDITIONS, Key="64/a.jpg.jpg")["Body"].read()
    assert watch.shown == [stored]


def test_of_renditions_in_other_formats_a_jpeg_is_made(cloud: Cloud, watch: Watch) -> None:
    with mock.patch.dict(
        "os.environ", {"RENDITIONS": '[{"size": 64, "format": "webp"}, {"size": 16, "format": "avif"}]'}
    ):
        watch.restart()
        assert labelled(upload(cloud))
    assert watch.shown[0].startswith(b"\xff\xd8\xff")


def test_a_look_calls_what_the_stack_allows_for_it_and_nothing_else(cloud: Cloud, watch: Watch) -> None:
    event = put_event(cloud, KEY, "01")
    with inject_fault(None, refused) as calls:
        handle(event)
    # The others are allowed with Rekognition or without.
    indexing = {"BatchGetItem", "GetItem", "PutItem", "BatchWriteItem", "TransactWriteItems"}
    others = {*indexing, "ListObjectsV2", "PutObject", "PublishBatch"}
    actions = {action for statement in policies.detect_labels("any", "any") for action in statement["Action"]}
    assert {action.partition(":")[2] for action in actions} == set(calls) - others


def test_the_same_event_five_times_asks_once(cloud: Cloud, watch: Watch) -> None:
    event = put_event(cloud, KEY, "01")
    handle(*5 * [event])
    assert len(watch.shown) == spent(cloud) == 1


def test_the_same_event_at_the_same_moment_asks_once_whatever_comes_between(cloud: Cloud, watch: Watch) -> None:
    at, reached = 0, True
    while reached:
        reached = False
        watch.shown.clear()
        watch.now += timedelta(days=31)
        key = f"originals/{at:02}.jpg"
        event = put_event(cloud, key, "01")

        def meanwhile(call: Call) -> Any:
            nonlocal reached
            reached = True
            handle(event)  # noqa: B023 - it is called in this turn of the loop
            return call()

        with inject_fault(at, meanwhile):
            handle(event)
        photo = known(cloud, key)
        assert (len(watch.shown), spent(cloud, f"{watch.now:%Y-%m}"), labelled(photo)) == (1, 1, True), f"at {at}"
        assert not waiting(cloud, key)
        at += 1
    assert at > 8


def test_a_delete_holds_whatever_the_look_comes_to(cloud: Cloud, watch: Watch) -> None:
    for at in count():
        watch.now += timedelta(days=31)
        key, reached = f"originals/{at:02}.jpg", False
        event = put_event(cloud, key, "01")

        def meanwhile(call: Call) -> Any:
            nonlocal reached
            reached = True
            cloud.s3.delete_object(Bucket=ORIGINALS, Key=key)  # noqa: B023 - it is called in this turn of the loop
            handle(s3_event(key, None, "02", name="ObjectRemoved:DeleteMarkerCreated"))  # noqa: B023 - as above
            return call()

        with inject_fault(at, meanwhile):
            handle(event)
        if not reached:
            break
        assert known(cloud, key).state == State.DELETED, f"at {at}"
        assert not [name for name in cloud.renditions() if key.removeprefix("originals/") in name]
        assert len(watch.shown) <= at + 1
    assert at > 15


@pytest.mark.parametrize("answered", [True, False])
def test_another_photo_in_its_place_has_its_own_labels_or_none(cloud: Cloud, watch: Watch, *, answered: bool) -> None:
    watch.names_each = True
    for at in count():
        watch.now += timedelta(days=31)
        watch.shown.clear()
        key, reached = f"originals/{at:02}.jpg", False
        event = put_event(cloud, key, "01")

        def meanwhile(call: Call) -> Any:
            nonlocal reached
            reached = True
            watch.fault = lambda: None if answered else FAULTS["throttled"]
            handle(put_event(cloud, key, "02", OTHER))  # noqa: B023 - it is called in this turn of the loop
            watch.fault = lambda: None
            return call()

        with inject_fault(at, meanwhile):
            handle(event)
        if not reached:
            break
        stored = cloud.s3.get_object(Bucket=RENDITIONS, Key=f"64/{at:02}.jpg.jpg")["Body"].read()
        photo = known(cloud, key)
        assert {label.name for label in photo.labels or ()} <= {name_of(stored)}, f"at {at}"
        assert labelled(photo) != waiting(cloud, key)
        assert labelled(photo) or not answered
        # Each version once at the most.
        assert len(watch.shown) == len(set(watch.shown)) <= 2
    assert at > 15


@pytest.mark.parametrize("task", ["reprocess", "backfill"])
def test_the_same_bytes_are_not_looked_at_again(cloud: Cloud, watch: Watch, task: str) -> None:
    before = upload(cloud)
    with mock.patch.dict("os.environ", {"RENDITIONS": '[{"size": 64}, {"size": 16}]'}):
        watch.restart()
        handle({"task": task, "keys": [KEY]})
    after = known(cloud)
    assert after.recipe != before.recipe
    assert after.labels == before.labels
    assert len(watch.shown) == 1


def test_the_same_file_uploaded_again_keeps_its_labels_and_another_does_not(cloud: Cloud, watch: Watch) -> None:
    first = upload(cloud)
    again = upload(cloud, sequencer="02")
    assert again.version_id != first.version_id
    assert again.labels == first.labels
    assert len(watch.shown) == 1
    watch.fault = lambda: ClientError({"Error": {"Code": "ThrottlingException"}}, "DetectLabels")
    other = upload(cloud, content=OTHER, sequencer="03")
    assert other.labels is None
    assert len(watch.shown) == 2


def test_an_index_that_was_lost_has_its_labels_again_without_a_call(cloud: Cloud, watch: Watch) -> None:
    before = upload(cloud)
    for item in cloud.dynamodb.scan(TableName=TABLE)["Items"]:
        cloud.dynamodb.delete_item(TableName=TABLE, Key={name: item[name] for name in ("pk", "sk")})
    handle({"task": "rebuild", "keys": ["records/a.jpg.json"]}, {"task": "backfill", "keys": [KEY]})
    assert known(cloud).labels == before.labels
    assert len(watch.shown) == 1


def test_no_more_is_asked_for_than_the_budget_has_and_the_rest_in_the_next_month(cloud: Cloud, watch: Watch) -> None:
    names = [f"originals/{number}.jpg" for number in range(5)]
    photos = [upload(cloud, name) for name in names]
    assert [labelled(photo) for photo in photos] == [True, True, True, False, False]
    assert [photo.state for photo in photos] == [State.READY] * 5
    assert [waiting(cloud, name) for name in names] == [False, False, False, True, True]
    assert photos[3].ledger[-1].detail == photos[4].unlabelled == SPENT
    assert len(watch.shown) == spent(cloud) == 3
    watch.now = datetime(2026, 1, 31, 23, 59, tzinfo=UTC)
    label(*names)
    assert len(watch.shown) == 3
    watch.now = datetime(2026, 2, 1, 0, 1, tzinfo=UTC)
    label(*names)
    assert all(labelled(known(cloud, name)) and not waiting(cloud, name) for name in names)
    assert (spent(cloud), spent(cloud, "2026-02"), len(watch.shown)) == (3, 2, 5)


def test_a_worker_that_starts_cold_asks_for_no_more_either(cloud: Cloud, watch: Watch) -> None:
    for number in range(5):
        watch.restart()
        upload(cloud, f"originals/{number}.jpg")
    watch.now += 2 * CLAIM_TTL
    before = known(cloud, "originals/4.jpg")
    watch.restart()
    label("originals/4.jpg")
    assert len(watch.shown) == spent(cloud) == 3
    assert [e.what for e in known(cloud, "originals/4.jpg").ledger] == [e.what for e in before.ledger]


FAULTS = {
    "throttled": ClientError({"Error": {"Code": "ThrottlingException"}}, "DetectLabels"),
    "denied": ClientError({"Error": {"Code": "AccessDeniedException"}}, "DetectLabels"),
    "no such region": EndpointConnectionError(endpoint_url="https://rekognition.nowhere"),
    "no answer": ReadTimeoutError(endpoint_url="https://rekognition.nowhere"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_photo_is_ready_without_labels_and_gets_them_later(cloud: Cloud, watch: Watch, fault: str) -> None:
    watch.fault = lambda: FAULTS[fault]
    first, second = upload(cloud), upload(cloud, "originals/b.jpg")
    assert first.state == second.state == State.READY
    assert waiting(cloud)
    assert waiting(cloud, "originals/b.jpg")
    assert first.ledger[-1].what == "unlabelled"
    assert "Rekognition could not be asked" in (first.unlabelled or "")
    assert [told["event"] for told in cloud.told] == ["photo.ready", "photo.ready"]
    assert watch.told == [first.unlabelled]
    # The second one did not wait for the same answer; and what may have been charged counts.
    assert len(watch.shown) == 1
    assert spent(cloud) == (1 if fault == "no answer" else 0)
    watch.fault = lambda: None
    watch.now += CLAIM_TTL
    label(KEY, "originals/b.jpg")
    assert labelled(known(cloud))
    assert labelled(known(cloud, "originals/b.jpg"))


def test_after_a_rest_photos_are_asked_for_again(cloud: Cloud, watch: Watch) -> None:
    watch.fault = lambda: FAULTS["throttled"]
    upload(cloud)
    watch.fault = lambda: None
    watch.now += COOL_DOWN
    assert labelled(upload(cloud, "originals/b.jpg"))


def test_a_picture_that_is_not_taken_is_not_shown_again(cloud: Cloud, watch: Watch) -> None:
    watch.fault = lambda: ClientError({"Error": {"Code": "InvalidImageFormatException"}}, "DetectLabels")
    photo = upload(cloud)
    assert (photo.state, photo.labels, photo.unlabelled) == (State.READY, (), None)
    assert "does not take the picture" in (photo.ledger[-1].detail or "")
    watch.now += 2 * CLAIM_TTL
    label()
    assert len(watch.shown) == 1
    assert spent(cloud) == 0


def test_what_was_there_before_rekognition_is_labelled_by_a_backfill(
    cloud: Cloud, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(Variable.REKOGNITION_MONTHLY_IMAGES)
    forget()
    assert upload(cloud).labels is None
    assert not waiting(cloud)
    monkeypatch.setenv(Variable.REKOGNITION_MONTHLY_IMAGES, "3")
    watch.restart()
    handle({"task": "backfill", "keys": [KEY]})
    assert labelled(known(cloud))


def test_a_backfill_that_is_killed_while_it_looks_leaves_the_photo_among_those_that_wait(
    cloud: Cloud, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(Variable.REKOGNITION_MONTHLY_IMAGES)
    forget()
    upload(cloud)
    monkeypatch.setenv(Variable.REKOGNITION_MONTHLY_IMAGES, "3")
    watch.restart()
    backfill = {"task": "backfill", "keys": [KEY]}
    watch.fault = Killed
    with pytest.raises(Killed):
        worker.handle(batch(backfill), None)
    watch.fault = lambda: None
    handle(backfill)
    assert known(cloud).unlabelled == STARTED
    assert waiting(cloud)


def test_what_is_no_photo_and_what_is_gone_is_not_looked_at(cloud: Cloud, watch: Watch) -> None:
    upload(cloud, content=b"text")
    label(KEY, "originals/none.jpg")
    assert watch.shown == []


@pytest.mark.parametrize(
    ("fault", "ends"), [(killed_before, False), (killed_after, False), (refused, True), (answer_lost, True)]
)
def test_a_disturbed_look_ends_in_labels(
    cloud: Cloud, watch: Watch, monkeypatch: pytest.MonkeyPatch, fault: Any, *, ends: bool
) -> None:
    monkeypatch.setenv(Variable.REKOGNITION_MONTHLY_IMAGES, "1000")
    watch.restart()
    event = put_event(cloud, "originals/calm.jpg", "01")
    with inject_fault(None, fault) as calls:
        handle(event)
    assert {"UpdateItem", "DetectLabels"} <= set(calls)
    for at, operation in enumerate(calls):
        watch.restart()
        key = f"originals/{at:02}.jpg"
        event = batch(put_event(cloud, key, "01"))
        with inject_fault(at, fault):
            if ends:
                worker.handle(event, None)
            else:
                with pytest.raises(Killed):
                    worker.handle(event, None)
        assert worker.handle(event, None) == {"batchItemFailures": []}
        photo = known(cloud, key)
        assert photo.state == State.READY, f"{fault.__name__} at {operation}"
        assert labelled(photo) or waiting(cloud, key)
        watch.now += CLAIM_TTL
        label(key)
        assert labelled(known(cloud, key)), f"{fault.__name__} at {operation}"
        assert not waiting(cloud, key)
