"""A sidecar leaves the inbox for where its photo goes, whichever of the two comes first, at whatever moment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from function.handlers import worker
from function.service.inbox import inbox
from tests.function.conftest import ORIGINALS, Cloud, batch
from tests.support.faults import Call, Killed, inject_fault, killed_after, killed_before, put_event
from tests.support.tagging import sidecar

FOUR, FIVE = sidecar('xmp:Rating="4"'), sidecar('xmp:Rating="5"')
# The sidecar's events tell this time, and so does nothing else.
DAY = "originals/2026/01/02"
Event = dict[str, Any]
Act = Callable[[Cloud, str], Event]


def handle(event: Event) -> None:
    assert worker.handle(batch(event), None) == {"batchItemFailures": []}


def photo_comes(cloud: Cloud, stem: str) -> Event:
    return put_event(cloud, f"inbox/card/{stem}.jpg", "01")


def sidecar_comes(cloud: Cloud, stem: str) -> Event:
    return put_event(cloud, f"inbox/card/{stem}.xmp", "01", FOUR)


def named_sidecar_comes(cloud: Cloud, stem: str) -> Event:
    return put_event(cloud, f"inbox/card/{stem}.jpg.xmp", "01", FOUR)


def keys(cloud: Cloud, stem: str = "") -> set[str]:
    found = cloud.s3.list_objects_v2(Bucket=ORIGINALS).get("Contents", ())
    return {entry["Key"] for entry in found if stem in entry["Key"]}


def capital_photo_comes(cloud: Cloud, stem: str) -> Event:
    return put_event(cloud, f"inbox/card/{stem}.JPG", "01")


MEETINGS = [
    (photo_comes, sidecar_comes, ".xmp"),
    (sidecar_comes, photo_comes, ".xmp"),
    (photo_comes, named_sidecar_comes, ".jpg.xmp"),
    (named_sidecar_comes, photo_comes, ".jpg.xmp"),
]


@pytest.mark.parametrize(("first", "second", "ending"), MEETINGS)
@pytest.mark.parametrize("are_together", [True, False])
def test_both_lie_by_the_photos_day(cloud: Cloud, first: Act, second: Act, ending: str, *, are_together: bool) -> None:
    event = first(cloud, "a")
    if not are_together:
        handle(event)
    other = second(cloud, "a")
    if are_together:
        handle(event)
    handle(other)
    assert keys(cloud) == {f"{DAY}/a.jpg", f"{DAY}/a{ending}"}


@pytest.mark.parametrize("photo_is_first", [True, False])
def test_a_sidecar_follows_a_photo_whose_ending_is_in_capitals(cloud: Cloud, *, photo_is_first: bool) -> None:
    acts = (capital_photo_comes, named_sidecar_comes)
    for act in acts if photo_is_first else reversed(acts):
        handle(act(cloud, "a"))
    assert keys(cloud) == {f"{DAY}/a.JPG", f"{DAY}/a.JPG.xmp"}


@pytest.mark.parametrize(("slow", "quick", "ending"), MEETINGS)
def test_whenever_one_comes_while_the_other_is_under_way(cloud: Cloud, slow: Act, quick: Act, ending: str) -> None:
    at, reached = 0, True
    while reached:
        stem = f"{at:04}"
        event, reached = slow(cloud, stem), False

        def meanwhile(call: Call) -> Any:
            nonlocal reached
            reached = True
            handle(quick(cloud, stem))  # noqa: B023 - it is called in this turn of the loop
            return call()

        with inject_fault(at, meanwhile) as calls:
            handle(event)
        if reached:
            assert keys(cloud, stem) == {f"{DAY}/{stem}.jpg", f"{DAY}/{stem}{ending}"}, f"after {calls[:at]}"
        at += 1
    assert at > 2


@pytest.mark.parametrize("fault", [killed_before, killed_after])
@pytest.mark.parametrize(("first", "second", "ending"), MEETINGS)
def test_a_worker_that_is_killed_anywhere_leaves_neither_behind(
    cloud: Cloud, first: Act, second: Act, ending: str, fault: Any
) -> None:
    at, reached = 0, True
    while reached:
        stem = f"{at:04}"
        handle(first(cloud, stem))
        event, reached = second(cloud, stem), False
        with inject_fault(at, fault) as calls:
            try:
                handle(event)
            except Killed:
                reached = True
        handle(event)
        assert keys(cloud, stem) == {f"{DAY}/{stem}.jpg", f"{DAY}/{stem}{ending}"}, f"at {calls[-1]}"
        at += 1


def test_a_sidecar_without_a_photo_waits_for_it(cloud: Cloud) -> None:
    handle(sidecar_comes(cloud, "a"))
    assert keys(cloud) == {"inbox/card/a.xmp"}


def test_a_sidecar_does_not_follow_a_photo_of_another_day_that_had_its_name(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle(photo_comes(cloud, "a"))
    monkeypatch.setattr(inbox, "TOGETHER", timedelta(0))
    handle(sidecar_comes(cloud, "a"))
    assert keys(cloud) == {f"{DAY}/a.jpg", "inbox/card/a.xmp"}


def test_the_sidecar_of_a_photo_that_got_another_name_gets_it_too(cloud: Cloud) -> None:
    cloud.put(f"{DAY}/a.jpg", b"another")
    handle(photo_comes(cloud, "a"))
    handle(sidecar_comes(cloud, "a"))
    handle(named_sidecar_comes(cloud, "a"))
    assert keys(cloud) == {f"{DAY}/a.jpg", f"{DAY}/a-1.jpg", f"{DAY}/a-1.xmp", f"{DAY}/a-1.jpg.xmp"}


def test_a_later_sidecar_takes_the_earlier_ones_place_and_an_earlier_one_does_not(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from function.aws.s3.buckets import S3Originals

    handle(photo_comes(cloud, "a"))
    handle(sidecar_comes(cloud, "a"))
    real = S3Originals.find
    # S3 counts in whole seconds, and no test waits for one.
    for away, expected in ((-1, FIVE), (1, FIVE)):

        def dated(originals: S3Originals, key: str, *arguments: Any, away: int = away) -> Any:
            found = real(originals, key, *arguments)
            late = timedelta(seconds=away if key.startswith("originals/") else 0)
            return found and replace(found, uploaded=found.uploaded + late)

        monkeypatch.setattr(S3Originals, "find", dated)
        handle(put_event(cloud, "inbox/card/a.xmp", "02", FIVE if away < 0 else FOUR))
        assert cloud.s3.get_object(Bucket=ORIGINALS, Key=f"{DAY}/a.xmp")["Body"].read() == expected
    assert keys(cloud) == {f"{DAY}/a.jpg", f"{DAY}/a.xmp", f"{DAY}/a.older.xmp"}
