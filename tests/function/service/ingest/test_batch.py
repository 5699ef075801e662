"""What a batch shares, and what it keeps apart."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from function.errors import ServiceUnavailableError
from function.index.postings import keys
from function.values.events import EventKind
from function.values.photo import State
from tests.support.pipeline import BROKEN, Pipeline


@pytest.fixture
def pipeline() -> Pipeline:
    return Pipeline()


def fail_for(key: str, real: Any, error: Exception) -> Any:
    """The function, which fails where its first argument is of this key."""

    def call(first: Any, *others: Any) -> Any:
        if key in str(first):
            raise error
        return real(first, *others)

    return call


def test_new_photos_are_settled_posted_recorded_and_announced(pipeline: Pipeline) -> None:
    items = [pipeline.upload(f"{name}.jpg", name.encode()) for name in "abc"]
    assert pipeline.batch.process(items) == set()
    photos = pipeline.photos()
    assert all(photo.settled and photo.state == State.READY for photo in photos.values())
    assert pipeline.postings.keys == {key for photo in photos.values() for key in keys(photo)}
    assert pipeline.announcements.events == [("photo.ready", f"{name}.jpg") for name in "abc"]
    assert pipeline.records.photos == photos
    assert pipeline.renditions.objects == {f"64/{name}.jpg.jpg": name.encode() for name in "abc"}


def test_an_event_that_comes_again_changes_nothing(pipeline: Pipeline) -> None:
    item = pipeline.upload("a.jpg")
    pipeline.batch.process([item, replace(item, message="again")])
    before = pipeline.photos()
    assert pipeline.batch.process([item]) == set()
    assert pipeline.photos() == before
    assert len(pipeline.announcements.events) == 1


def test_a_broken_photo_is_a_fact_and_no_failure(pipeline: Pipeline) -> None:
    assert pipeline.batch.process([pipeline.upload("a.jpg", BROKEN)]) == set()
    assert pipeline.photos()["a.jpg"].state == State.FAILED
    assert pipeline.announcements.events == [("photo.failed", "a.jpg")]


@pytest.mark.parametrize("error", [ServiceUnavailableError("S3: SlowDown"), KeyError("a fault")])
def test_only_the_message_of_what_failed_is_retried(pipeline: Pipeline, error: Exception) -> None:
    items = [pipeline.upload(f"{name}.jpg") for name in "abc"]
    pipeline.originals.open = fail_for("b.jpg", pipeline.originals.open, error)  # type: ignore[method-assign]
    assert pipeline.batch.process(items) == {"b.jpg"}
    assert set(pipeline.photos()) == {"a.jpg", "c.jpg"}


def test_where_the_index_cannot_be_read_at_once_each_photo_is_looked_up_alone(pipeline: Pipeline) -> None:
    pipeline.index.get_many = fail_for("", None, ServiceUnavailableError("throttled"))  # type: ignore[method-assign]
    assert pipeline.batch.process([pipeline.upload("a.jpg")]) == set()
    assert pipeline.photos()["a.jpg"].settled


def test_where_photos_cannot_be_settled_together_each_is_settled_alone(pipeline: Pipeline) -> None:
    real = pipeline.announcements.publish
    together = ServiceUnavailableError("too many at once")

    def publish(events: Any) -> None:
        if len(events) > 1:
            raise together
        real(events)

    pipeline.announcements.publish = publish  # type: ignore[method-assign]
    assert pipeline.batch.process([pipeline.upload("a.jpg", b"a"), pipeline.upload("b.jpg", b"b")]) == set()
    assert sorted(pipeline.announcements.events) == [("photo.ready", "a.jpg"), ("photo.ready", "b.jpg")]
    assert all(photo.settled for photo in pipeline.photos().values())


def test_photos_are_settled_by_the_end_of_their_window() -> None:
    ticks = count()
    pipeline = Pipeline(clock=lambda: next(ticks) * 3.0)
    items = [pipeline.upload(f"{name}.jpg", name.encode()) for name in "ab"]
    pipeline.batch.process(items)
    assert all(photo.settled for photo in pipeline.photos().values())


def test_after_the_last_receive_the_reason_is_shown(pipeline: Pipeline) -> None:
    error = ServiceUnavailableError("S3: SlowDown")
    pipeline.originals.open = fail_for("a.jpg", None, error)  # type: ignore[method-assign]
    assert pipeline.batch.process([pipeline.upload("a.jpg", receives=2)]) == {"a.jpg"}
    assert not pipeline.photos()
    assert pipeline.batch.process([pipeline.upload("a.jpg", receives=3)]) == {"a.jpg"}
    photo = pipeline.photos()["a.jpg"]
    assert photo.state == State.FAILED
    assert photo.reason == "Taking it in was given up after 3 tries: AWS did not answer (S3: SlowDown)."


def test_events_of_one_object_are_processed_in_their_order(pipeline: Pipeline) -> None:
    created = pipeline.upload("a.jpg")
    event = replace(created.event, kind=EventKind.REMOVED, original=replace(created.event.original, sequencer="02"))
    pipeline.originals.objects.clear()
    pipeline.originals.objects["originals/a.jpg"] = b"photo"
    removed = replace(created, message="removed", event=event)
    real = pipeline.ingest.on_removed

    def remove(original: Any) -> None:
        pipeline.originals.objects.clear()
        real(original)

    pipeline.batch.dispatcher.actions["originals/", EventKind.REMOVED] = remove  # type: ignore[index]
    assert pipeline.batch.process([created, removed]) == set()
    assert pipeline.photos()["a.jpg"].state == State.DELETED
    assert not pipeline.renditions.objects


@pytest.mark.parametrize("key", ["folder/", "elsewhere"])
def test_a_folder_or_a_key_of_no_prefix_is_ignored(pipeline: Pipeline, key: str) -> None:
    item = pipeline.upload("folder/")
    if key == "elsewhere":
        item = replace(item, event=replace(item.event, original=replace(item.event.original, key=key)))
    assert pipeline.batch.process([item]) == set()
    assert not pipeline.photos()
