"""The dead letters: what was given up is shown as failed, with a reason, and can be tried again."""

from typing import Any

import pytest

from function.bootstrap import worker as bootstrap_worker
from function.errors import ServiceUnavailableError
from function.handlers import failures, worker
from function.values.photo import State
from tests.function.conftest import Cloud, batch, s3_event
from tests.support.faults import inject_fault, killed_before


def received(event: dict[str, Any], times: int) -> dict[str, Any]:
    """The event's messages as they come for the so-manieth time."""
    for message in event["Records"]:
        message["attributes"] = {"ApproximateReceiveCount": str(times)}
    return event


def test_what_ended_the_worker_each_time_is_shown_as_failed(cloud: Cloud) -> None:
    event = batch(s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01"))
    assert failures.handle(event, None) == {"batchItemFailures": []}
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.state == State.FAILED
    assert photo.reason
    assert "given up" in photo.reason
    assert photo.ledger[-1].detail == photo.reason
    assert {"event": "photo.failed", "key": "a.jpg"} in cloud.told


def test_the_worker_says_why_after_its_last_try_alone(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise ServiceUnavailableError("S3: SlowDown")

    monkeypatch.setattr(type(bootstrap_worker.ingest().darkroom), "develop", stumble)
    event = batch(s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01"))
    worker.handle(received(event, 2), None)
    assert cloud.photo("a.jpg") is None
    assert worker.handle(received(event, 3), None)["batchItemFailures"]
    failures.handle(event, None)
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.reason == "Taking it in was given up after 3 tries: AWS did not answer (S3: SlowDown)."


def test_what_came_to_its_end_meanwhile_stays_as_it_is(cloud: Cloud) -> None:
    event = batch(s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01"))
    worker.handle(event, None)
    failures.handle(event, None)
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.state == State.READY
    assert len(cloud.renditions()) == 2


def test_a_new_version_that_was_given_up_takes_the_old_ones_place_and_says_so(cloud: Cloud) -> None:
    worker.handle(batch(s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01")), None)
    failures.handle(batch(s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "02")), None)
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.state == State.FAILED
    assert not cloud.renditions()


def test_what_was_given_up_of_an_older_version_leaves_the_newer_one_alone(cloud: Cloud) -> None:
    worker.handle(batch(s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "02")), None)
    before = cloud.photo("a.jpg")
    with inject_fault(None, killed_before) as calls:
        failures.handle(batch(s3_event("originals/a.jpg", "gone", "01")), None)
    # Its role may read no original.
    assert calls == ["GetItem"]
    assert cloud.photo("a.jpg") == before


def test_what_cannot_be_marked_now_stays_among_the_dead_letters(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> None:
        raise ServiceUnavailableError("DynamoDB: ThrottlingException")

    monkeypatch.setattr(type(bootstrap_worker.ingest()), "mark_failed", unreachable)
    event = batch(s3_event("originals/a.jpg", None, "01"), "no news")
    assert failures.handle(event, None) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
