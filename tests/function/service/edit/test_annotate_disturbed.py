"""What the owner writes while the worker is at the photo, or is killed: no word is lost, whatever comes between."""

from collections.abc import Callable
from contextlib import suppress
from itertools import product
from typing import Any

import pytest

from function.bootstrap import adapters
from tests.function.conftest import ORIGINALS, RENDITIONS, Cloud, s3_event
from tests.support.api_client import listed
from tests.support.api_owner import (
    KEY,
    SIDECAR,
    TURNED,
    WORDS,
    handle,
    lose,
    process_tasks,
    uploaded,
    words,
    write,
    written,
)
from tests.support.faults import Call, Killed, inject_fault, interleave, killed_after, killed_before

Happening = Callable[[Cloud], dict[str, Any]]


def an_upload(cloud: Cloud) -> dict[str, Any]:
    return uploaded(cloud)


def a_new_version(cloud: Cloud) -> dict[str, Any]:
    handle(uploaded(cloud))
    return uploaded(cloud, "02", TURNED)


def another_try(cloud: Cloud) -> dict[str, Any]:
    handle(uploaded(cloud))
    return {"task": "reprocess", "keys": [KEY]}


def a_sidecar_beside_it(cloud: Cloud) -> dict[str, Any]:
    handle(uploaded(cloud))
    return s3_event(f"{KEY}.xmp", cloud.put(f"{KEY}.xmp", SIDECAR), "01")


def other_words(cloud: Cloud) -> dict[str, Any]:
    handle(uploaded(cloud))
    write(caption="Another", albums=["Another"])
    return {"task": "settle", "keys": [KEY]}


def an_older_event(cloud: Cloud) -> dict[str, Any]:
    older = uploaded(cloud)
    handle(uploaded(cloud, "02", TURNED))
    return older


HAPPENINGS: tuple[Happening, ...] = (
    an_upload,
    a_new_version,
    another_try,
    a_sidecar_beside_it,
    other_words,
    an_older_event,
)


def forgotten(cloud: Cloud) -> None:
    """Nothing is left of the photo."""
    lose(cloud)
    for found in cloud.s3.list_object_versions(Bucket=ORIGINALS).get("Versions", ()):
        cloud.s3.delete_object(Bucket=ORIGINALS, Key=found["Key"], VersionId=found["VersionId"])
    for found in cloud.s3.list_objects_v2(Bucket=RENDITIONS).get("Contents", ()):
        cloud.s3.delete_object(Bucket=RENDITIONS, Key=found["Key"])


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_what_is_written_while_the_worker_is_at_the_photo_is_not_lost(cloud: Cloud, happening: Happening) -> None:
    at, reached = 0, True
    while reached:
        event, reached, accepted = happening(cloud), False, False

        def meanwhile(call: Call) -> Any:
            nonlocal reached, accepted
            reached, accepted = True, write()["statusCode"] == 200
            process_tasks()
            return call()

        with inject_fault(at, meanwhile) as calls:
            handle(event)
        if accepted:
            assert words(cloud) == WORDS, f"between {calls[:at]} and the rest"
        forgotten(cloud)
        at += 1
    assert at > 3


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_what_is_written_while_the_worker_is_at_the_photo_and_is_killed_is_not_lost(
    cloud: Cloud, happening: Happening
) -> None:
    event = happening(cloud)
    with inject_fault(None, killed_before) as calls:
        handle(event)
    forgotten(cloud)
    written_at = []

    def meanwhile() -> None:
        if write()["statusCode"] == 200:
            written_at.append(at)
        process_tasks()

    for at, later in product(range(len(calls)), (1, 2, 3)):
        event = happening(cloud)
        with interleave(at, meanwhile, at + later), suppress(Killed):
            handle(event)
        handle(event)
        photo, record = cloud.photo("a.jpg"), adapters.records().load("a.jpg")
        assert photo
        assert record
        if at in written_at:
            assert photo.words == record.words == WORDS, f"before call {at} of {calls}, killed {later} after it"
        forgotten(cloud)
    assert written_at


@pytest.mark.parametrize("fault", [killed_before, killed_after])
def test_the_owners_write_that_was_interrupted_is_done_whole_when_it_is_asked_for_again(
    cloud: Cloud, fault: Callable[[Call], Any]
) -> None:
    handle(uploaded(cloud))
    with inject_fault(None, fault) as calls:
        write(caption="calm")
    process_tasks()
    assert calls == ["GetItem", "PutItem", "SendMessage"]
    for at in range(len(calls)):
        with inject_fault(at, fault), pytest.raises(Killed):
            write(albums=[f"{at}"])
        assert write(albums=[f"{at}"])["statusCode"] == 200
        process_tasks()
        assert words(cloud).albums == (f"{at}",)
        assert listed({"album": f"{at}"}) == ["a.jpg"]


@pytest.mark.parametrize("fault", [killed_before, killed_after])
def test_a_worker_that_is_killed_while_it_follows_the_owner_does_it_again(
    cloud: Cloud, fault: Callable[[Call], Any]
) -> None:
    written(cloud)
    write(favourite=False, albums=["0"])
    task = {"task": "settle", "keys": [KEY]}
    with inject_fault(None, fault) as calls:
        handle(task)
    for at in range(len(calls)):
        write(albums=[f"{at + 1}"])
        with inject_fault(at, fault), pytest.raises(Killed):
            handle(task)
        handle(task)
        assert words(cloud).albums == (f"{at + 1}",)
    process_tasks()
