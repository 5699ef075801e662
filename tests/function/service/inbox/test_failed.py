"""What is given up in the inbox: shown among the failed with its reason, until its file is moved or taken away."""

from collections.abc import Callable
from typing import Any

import pytest

from function.bootstrap import worker as bootstrap_worker
from function.errors import ServiceUnavailableError
from function.handlers import failures, worker
from function.index.keys import outside_key, photo_id
from function.values.photo import Photo, State
from tests.function.conftest import ORIGINALS, Cloud, batch, s3_event
from tests.function.handlers.test_failures import received
from tests.support.api_client import ask, body, listed
from tests.support.api_owner import process_tasks
from tests.support.faults import Call, Killed, inject_fault, killed_after, killed_before

KEY = "inbox/card/a.jpg"
KNOWN_AS = outside_key(KEY)
IDENTIFIER = photo_id(KNOWN_AS)


def dropped(cloud: Cloud, key: str = KEY) -> dict[str, Any]:
    return batch(s3_event(key, cloud.put(key), "01"))


def known(cloud: Cloud, key: str = KEY) -> Photo:
    found = cloud.photo(outside_key(key))
    assert found
    return found


def taken_away(key: str = KEY, sequencer: str = "02") -> dict[str, Any]:
    return batch(s3_event(key, None, sequencer, name="ObjectRemoved:Delete"))


def test_what_was_given_up_is_listed_with_its_reason_and_where_it_lies(cloud: Cloud) -> None:
    assert failures.handle(dropped(cloud), None) == {"batchItemFailures": []}
    (photo,) = body(ask("GET /photos", {"shelf": "failed"}))["photos"]
    assert (photo["key"], photo["state"]) == ("../inbox/card/a.jpg", "failed")
    assert "given up" in photo["reason"]
    assert cloud.told == [{"event": "photo.failed", "key": KNOWN_AS}]
    assert [entry["what"] for entry in body(ask("GET /photos/{id}", id=photo["id"]))["ledger"]] == [
        "received",
        "failed",
    ]
    assert listed() == []


def test_the_workers_own_reason_stays(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise ServiceUnavailableError("S3: SlowDown")

    event = received(dropped(cloud), 3)
    monkeypatch.setattr(type(bootstrap_worker.inbox()), "on_created", stumble)
    assert worker.handle(event, None)["batchItemFailures"]
    failures.handle(event, None)
    assert known(cloud).reason == "Taking it in was given up after 3 tries: AWS did not answer (S3: SlowDown)."
    assert len(cloud.told) == 1


def test_its_owner_has_it_tried_again_and_once_it_is_moved_it_is_failed_no_more(cloud: Cloud) -> None:
    failures.handle(dropped(cloud), None)
    came = cloud.s3.head_object(Bucket=ORIGINALS, Key=KEY)["LastModified"]
    assert ask("POST /photos/{id}/reprocess", id=IDENTIFIER)["statusCode"] == 202
    process_tasks()
    assert listed({"shelf": "failed"}) == []
    assert bootstrap_worker.inbox().originals.find(KEY) is None
    assert bootstrap_worker.inbox().originals.find(f"originals/{came:%Y/%m/%d}/a.jpg")


def test_it_is_failed_no_more_when_its_file_was_moved_or_deleted(cloud: Cloud) -> None:
    event = dropped(cloud)
    failures.handle(event, None)
    # The removal of another version tells nothing while the file is there.
    worker.handle(taken_away(), None)
    assert known(cloud).state == State.FAILED
    cloud.s3.delete_object(Bucket=ORIGINALS, Key=KEY)
    worker.handle(taken_away(), None)
    assert known(cloud).state == State.DELETED
    # What was given up comes late, or again.
    failures.handle(event, None)
    assert listed({"shelf": "failed"}) == []
    failures.handle(batch(s3_event(KEY, cloud.put(KEY), "03")), None)
    assert listed({"shelf": "failed"}) == [KNOWN_AS]


def test_another_try_finds_that_the_file_is_gone(cloud: Cloud) -> None:
    failures.handle(dropped(cloud), None)
    cloud.s3.delete_object(Bucket=ORIGINALS, Key=KEY)
    ask("POST /photos/{id}/reprocess", id=IDENTIFIER)
    process_tasks()
    assert known(cloud).state == State.DELETED


def test_a_sidecar_that_waits_in_the_inbox_has_not_failed(cloud: Cloud) -> None:
    failures.handle(dropped(cloud, "inbox/a.xmp"), None)
    ask("POST /photos/{id}/reprocess", id=photo_id(outside_key("inbox/a.xmp")))
    process_tasks()
    assert known(cloud, "inbox/a.xmp").state == State.DELETED
    assert bootstrap_worker.inbox().originals.find("inbox/a.xmp")


def test_the_end_of_what_never_failed_leaves_no_trace(cloud: Cloud) -> None:
    worker.handle(dropped(cloud), None)
    worker.handle(taken_away(), None)
    failures.handle(taken_away(), None)
    assert cloud.photo(KNOWN_AS) is None


@pytest.mark.parametrize(("route", "words"), [("DELETE /photos/{id}", None), ("PATCH /photos/{id}", '{"caption": ""}')])
def test_what_is_in_the_inbox_is_neither_deleted_nor_written_about(cloud: Cloud, route: str, words: str | None) -> None:
    failures.handle(dropped(cloud), None)
    answer = ask(route, content=words, id=IDENTIFIER)
    assert answer["statusCode"] == 400
    assert "still in the inbox" in body(answer)["message"]


@pytest.mark.parametrize("fault", [killed_before, killed_after])
def test_a_kill_at_any_call_changes_nothing_in_the_end(cloud: Cloud, fault: Callable[[Call], Any]) -> None:
    with inject_fault(None, fault) as calls:
        failures.handle(dropped(cloud, "inbox/calm.jpg"), None)
    for at in range(1, len(calls)):  # the first is the upload
        key = f"inbox/{at}.jpg"
        event = dropped(cloud, key)
        with inject_fault(at - 1, fault), pytest.raises(Killed):
            failures.handle(event, None)
        failures.handle(event, None)
        assert (known(cloud, key).state, known(cloud, key).settled) == (State.FAILED, True)
        assert {"event": "photo.failed", "key": outside_key(key)} in cloud.told
