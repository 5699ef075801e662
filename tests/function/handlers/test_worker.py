"""The worker: every message ends in a state or goes back alone, whatever comes in which order."""

import json
from typing import Any

import pytest

from function.errors import ServiceUnavailableError
from function.handlers import worker
from function.service.ingest.intake import Ingest
from function.values.objects import ObjectVersion
from function.values.photo import State
from tests.function.conftest import EVENTS, RENDITIONS, Cloud, batch, s3_event

NOTHING_FAILED: dict[str, Any] = {"batchItemFailures": []}


def handled(*bodies: Any) -> list[str]:
    """The ids of the messages that go back."""
    return [entry["itemIdentifier"] for entry in worker.handle(batch(*bodies), None)["batchItemFailures"]]


def test_an_upload_becomes_a_photo(cloud: Cloud) -> None:
    version = cloud.put("originals/2024/a.jpg")
    assert handled(s3_event("originals/2024/a.jpg", version, "01")) == []
    photo = cloud.photo("2024/a.jpg")
    assert photo
    assert (photo.state, photo.format, photo.width, photo.height) == (State.READY, "jpeg", 96, 64)
    assert set(cloud.renditions()) == {"64/2024/a.jpg.jpg", "32/2024/a.jpg.jpg"}
    assert cloud.told == [{"event": "photo.ready", "key": "2024/a.jpg"}]
    stored = cloud.s3.head_object(Bucket=RENDITIONS, Key="64/2024/a.jpg.jpg")
    assert stored["ContentType"] == "image/jpeg"
    assert stored["Metadata"]["recipe"] == "64-80-jpeg,32-80-jpeg"


def test_the_same_event_five_times_is_one_photo_announced_once(cloud: Cloud) -> None:
    event = s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01")
    handled(event)
    before = cloud.renditions()
    assert handled(*[event] * 4) == []
    assert cloud.renditions() == before
    assert len(cloud.told) == 1


@pytest.mark.parametrize("name", ["put", "multipart", "sns_envelope", "eventbridge_envelope"])
def test_every_way_to_tell_of_an_upload_is_understood(cloud: Cloud, name: str) -> None:
    cloud.put("originals/a b+c%2B.jpg")
    assert handled((EVENTS / f"{name}.json").read_text()) == []
    assert cloud.photo("a b+c%2B.jpg")


def test_a_multipart_upload_that_raises_two_events_is_taken_in_once(cloud: Cloud) -> None:
    cloud.put("originals/a b+c%2B.jpg")
    handled((EVENTS / "put.json").read_text(), (EVENTS / "multipart.json").read_text())
    assert len(cloud.told) == 1


@pytest.mark.parametrize(
    "body",
    [
        (EVENTS / "test_event.json").read_text(),
        (EVENTS / "unknown_event.json").read_text(),
        "",
        "{",
        "[]",
        "null",
        "7",
        '{"Records": [{}]}',
        '{"Records": null}',
        '{"Records": 5}',
        '{"Records": ["text", 5, null]}',
        '{"detail-type": ["Object Created"]}',
        "[" * 100_000,
        '{"Records": [{"eventName": "ObjectCreated:Put"}]}',
        '{"Type": "Notification", "Message": "{"}',
    ],
)
def test_what_tells_of_no_object_is_acknowledged(cloud: Cloud, body: str) -> None:
    assert handled(body) == []
    assert not cloud.told


def test_a_record_that_tells_of_nothing_keeps_no_other_from_being_worked_off(cloud: Cloud) -> None:
    good = s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01")
    assert handled({"Records": [{"eventName": "ObjectCreated:Put"}, *good["Records"]]}) == []
    assert cloud.photo("a.jpg")


def test_an_s3_event_that_comes_without_a_queue_is_worked_off_as_one_message(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01")
    assert worker.handle(event, None) == NOTHING_FAILED
    assert cloud.photo("a.jpg")
    monkeypatch.setattr(Ingest, "on_created", lambda *_: 1 / 0)
    assert worker.handle(event, None) == {"batchItemFailures": [{"itemIdentifier": worker.DIRECT_INVOCATION}]}


@pytest.mark.parametrize("event", [{}, {"Records": []}])
def test_an_empty_batch_is_no_failure(cloud: Cloud, event: dict[str, Any]) -> None:
    assert worker.handle(event, None) == NOTHING_FAILED


def test_of_a_mixed_batch_only_what_failed_goes_back(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (s3_event(f"originals/{n}.jpg", cloud.put(f"originals/{n}.jpg"), "01") for n in "abc")
    real = Ingest.begin

    def failing(ingest: Ingest, original: ObjectVersion) -> Any:
        if original.key == "b.jpg":
            raise ServiceUnavailableError("S3: SlowDown")
        return real(ingest, original)

    monkeypatch.setattr(Ingest, "begin", failing)
    assert handled(first, second, third, "{") == ["1"]
    assert cloud.photo("a.jpg")
    assert cloud.photo("c.jpg")


def test_of_a_message_with_more_than_one_change_each_is_tried(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [s3_event(f"originals/{n}.jpg", cloud.put(f"originals/{n}.jpg"), "01")["Records"][0] for n in "ab"]
    real = Ingest.begin

    def failing(ingest: Ingest, original: ObjectVersion) -> Any:
        if original.key == "a.jpg":
            raise ServiceUnavailableError("S3: SlowDown")
        return real(ingest, original)

    monkeypatch.setattr(Ingest, "begin", failing)
    assert handled({"Records": records}) == ["0"]
    assert cloud.photo("b.jpg")


def test_a_fault_that_nobody_thought_of_sends_its_message_back_alone(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Ingest, "begin", lambda *_: 1 / 0)
    assert handled(s3_event("originals/a.jpg", None, "01"), "{") == ["0"]


def test_a_broken_photo_is_a_fact_and_no_failure(cloud: Cloud) -> None:
    version = cloud.put("originals/a.jpg", b"no photo at all")
    assert handled(s3_event("originals/a.jpg", version, "01")) == []
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.state == State.UNSUPPORTED
    assert "text file" in (photo.reason or "")
    assert cloud.told == [{"event": "photo.failed", "key": "a.jpg"}]
    assert not cloud.renditions()


def test_an_older_event_after_a_newer_one_is_ignored_also_where_sequencers_differ_in_length(cloud: Cloud) -> None:
    old, new = cloud.put("originals/a.jpg"), cloud.put("originals/a.jpg", b"now it is text")
    handled(s3_event("originals/a.jpg", new, "00B"))
    handled(s3_event("originals/a.jpg", old, "00AFFFFF"))
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.version_id == new
    handled(s3_event("originals/a.jpg", old, "00B1"))
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.version_id == old


def test_a_version_that_replaces_a_photo_takes_its_renditions_away(cloud: Cloud) -> None:
    handled(s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01"))
    handled(s3_event("originals/a.jpg", cloud.put("originals/a.jpg", b"text"), "02"))
    assert not cloud.renditions()


def deleted(cloud: Cloud, key: str) -> None:
    cloud.s3.delete_object(Bucket="originals", Key=key)


def test_a_delete_takes_the_photo_and_its_renditions_out(cloud: Cloud) -> None:
    handled(s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01"))
    deleted(cloud, "originals/a.jpg")
    handled(s3_event("originals/a.jpg", None, "02", name="ObjectRemoved:DeleteMarkerCreated"))
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.state == State.DELETED
    assert not cloud.renditions()
    assert [told["event"] for told in cloud.told] == ["photo.ready", "photo.deleted"]


def test_a_late_upload_event_brings_no_deleted_photo_back(cloud: Cloud) -> None:
    version = cloud.put("originals/a.jpg")
    deleted(cloud, "originals/a.jpg")
    handled(s3_event("originals/a.jpg", None, "02", name="ObjectRemoved:DeleteMarkerCreated"))
    handled(s3_event("originals/a.jpg", version, "01"))
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.state == State.DELETED
    assert not cloud.renditions()


def test_a_delete_while_the_photo_is_made_leaves_nothing_behind(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    from function.bootstrap import worker as bootstrap_worker

    version = cloud.put("originals/a.jpg")
    darkroom = bootstrap_worker.ingest().darkroom
    render = darkroom.render

    def slow(*arguments: Any) -> Any:
        deleted(cloud, "originals/a.jpg")
        handled(s3_event("originals/a.jpg", None, "02", name="ObjectRemoved:DeleteMarkerCreated"))
        return render(*arguments)

    object.__setattr__(darkroom, "render", slow)
    handled(s3_event("originals/a.jpg", version, "01"))
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.state == State.DELETED
    assert not cloud.renditions()


def test_an_older_photo_that_ends_after_a_newer_one_leaves_the_newer_ones_renditions(cloud: Cloud) -> None:
    from function.bootstrap import worker as bootstrap_worker
    from tests.support.pictures import corners, encoded, quarters

    old = cloud.put("originals/a.jpg")
    darkroom = bootstrap_worker.ingest().darkroom
    render = darkroom.render
    turned = quarters()[::-1, ::-1]

    def slow(*arguments: Any) -> Any:
        object.__setattr__(darkroom, "render", render)
        from PIL import Image

        content = encoded(Image.fromarray(turned.copy()), "JPEG").getvalue()
        handled(s3_event("originals/a.jpg", cloud.put("originals/a.jpg", content), "02"))
        return render(*arguments)

    object.__setattr__(darkroom, "render", slow)
    handled(s3_event("originals/a.jpg", old, "01"))
    shown = cloud.s3.get_object(Bucket=RENDITIONS, Key="64/a.jpg.jpg")["Body"].read()
    assert corners(shown)[0][0] > 200
    assert corners(shown)[0][1] > 180  # yellow, the newer one's first corner


def test_the_removal_of_an_older_version_leaves_the_photo(cloud: Cloud) -> None:
    old = cloud.put("originals/a.jpg")
    new = cloud.put("originals/a.jpg")
    handled(s3_event("originals/a.jpg", new, "02"))
    cloud.s3.delete_object(Bucket="originals", Key="originals/a.jpg", VersionId=old)
    handled(s3_event("originals/a.jpg", old, "03", name="ObjectRemoved:Delete"))
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.state == State.READY


def test_taking_the_delete_back_brings_the_photo_back(cloud: Cloud) -> None:
    version = cloud.put("originals/a.jpg")
    handled(s3_event("originals/a.jpg", version, "01"))
    marker = cloud.s3.delete_object(Bucket="originals", Key="originals/a.jpg")["VersionId"]
    handled(s3_event("originals/a.jpg", marker, "02", name="ObjectRemoved:DeleteMarkerCreated"))
    cloud.s3.delete_object(Bucket="originals", Key="originals/a.jpg", VersionId=marker)
    handled(s3_event("originals/a.jpg", marker, "03", name="ObjectRemoved:Delete"))
    photo = cloud.photo("a.jpg")
    assert photo
    assert (photo.state, photo.version_id) == (State.READY, version)
    assert len(cloud.renditions()) == 2


def test_a_changed_recipe_makes_the_photo_again(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.function.conftest import forget

    event = s3_event("originals/a.jpg", cloud.put("originals/a.jpg"), "01")
    handled(event)
    monkeypatch.setenv("RENDITIONS", json.dumps([{"size": 48}]))
    forget()
    handled(event)
    assert set(cloud.renditions()) == {"48/a.jpg.jpg"}


def test_the_inbox_empties_by_day_without_storing_the_same_bytes_twice(cloud: Cloud) -> None:
    for _ in range(2):
        handled(s3_event("inbox/phone/a.jpg", cloud.put("inbox/phone/a.jpg"), "01"))
    handled(s3_event("inbox/a.jpg", cloud.put("inbox/a.jpg", b"other bytes"), "01"))
    keys = [entry["Key"] for entry in cloud.s3.list_objects_v2(Bucket="originals")["Contents"]]
    assert keys == ["originals/2026/01/02/a-1.jpg", "originals/2026/01/02/a.jpg"]
    versions = cloud.s3.list_object_versions(Bucket="originals", Prefix="inbox/")
    assert not versions.get("Versions")
    assert not versions.get("DeleteMarkers")


def test_a_move_that_was_interrupted_after_its_copy_ends_the_same(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    from function.aws.s3.buckets import S3Originals

    event = s3_event("inbox/a.jpg", cloud.put("inbox/a.jpg"), "01")

    def killed(*_: Any) -> None:
        raise ServiceUnavailableError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(S3Originals, "delete", killed)
        assert handled(event) == ["0"]
    assert handled(event) == []
    assert handled(event) == []
    assert [e["Key"] for e in cloud.s3.list_objects_v2(Bucket="originals")["Contents"]] == [
        "originals/2026/01/02/a.jpg"
    ]


def test_an_object_that_is_gone_by_now_is_no_failure(cloud: Cloud) -> None:
    assert handled(s3_event("originals/a.jpg", None, "01"), s3_event("inbox/a.jpg", None, "01")) == []
    assert cloud.photo("a.jpg") is None


def test_a_folder_that_a_client_drew_is_no_photo(cloud: Cloud) -> None:
    assert handled(s3_event("originals/2024/", cloud.put("originals/2024/", b""), "01")) == []
    assert not cloud.told
