"""The worker killed, or refused, at every single call to AWS: done again, it ends as an undisturbed run does."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest

from function.handlers import worker
from tests.function.conftest import ORIGINALS, Cloud, batch, forget, s3_event
from tests.support.faults import KILLS, REFUSALS, Fault, Killed, inject_fault, outcome, put_event
from tests.support.tagging import sidecar

SIDECAR = sidecar('xmp:Rating="4"')
SENDS_BACK_ALL: dict[str, Any] = {"batchItemFailures": [{"itemIdentifier": "0"}]}
Story = Callable[[Cloud, str], dict[str, Any]]


def an_upload(cloud: Cloud, key: str) -> dict[str, Any]:
    return put_event(cloud, f"originals/{key}", "01")


def no_photo_after_a_photo(cloud: Cloud, key: str) -> dict[str, Any]:
    worker.handle(batch(an_upload(cloud, key)), None)
    return put_event(cloud, f"originals/{key}", "02", b"now it is text")


def a_delete(cloud: Cloud, key: str) -> dict[str, Any]:
    worker.handle(batch(an_upload(cloud, key)), None)
    cloud.s3.delete_object(Bucket=ORIGINALS, Key=f"originals/{key}")
    return s3_event(f"originals/{key}", None, "02", name="ObjectRemoved:DeleteMarkerCreated")


def another_recipe(cloud: Cloud, key: str) -> dict[str, Any]:
    event = an_upload(cloud, key)
    with mock.patch.dict("os.environ", {"RENDITIONS": '[{"size": 64, "format": "webp"}, {"size": 16}]'}):
        forget()
        worker.handle(batch(event), None)
    forget()
    return event


def a_move_out_of_the_inbox(cloud: Cloud, key: str) -> dict[str, Any]:
    return put_event(cloud, f"inbox/{key}", "01", b"some bytes")


def a_photo_beside_a_sidecar(cloud: Cloud, key: str) -> dict[str, Any]:
    cloud.put(f"originals/{key}.xmp", SIDECAR)
    return an_upload(cloud, key)


def a_sidecar_beside_a_photo(cloud: Cloud, key: str) -> dict[str, Any]:
    worker.handle(batch(an_upload(cloud, key)), None)
    return put_event(cloud, f"originals/{key}.xmp", "01", SIDECAR)


def a_sidecars_end(cloud: Cloud, key: str) -> dict[str, Any]:
    worker.handle(batch(a_sidecar_beside_a_photo(cloud, key)), None)
    cloud.s3.delete_object(Bucket=ORIGINALS, Key=f"originals/{key}.xmp")
    return s3_event(f"originals/{key}.xmp", None, "02", name="ObjectRemoved:DeleteMarkerCreated")


STORIES: tuple[Story, ...] = (
    an_upload,
    no_photo_after_a_photo,
    a_delete,
    another_recipe,
    a_move_out_of_the_inbox,
    a_photo_beside_a_sidecar,
    a_sidecar_beside_a_photo,
    a_sidecars_end,
)


def _is_sent_back(event: dict[str, Any]) -> bool:
    answer = worker.handle(event, None)
    assert answer in (SENDS_BACK_ALL, {"batchItemFailures": []})
    return answer == SENDS_BACK_ALL


def _is_killed(event: dict[str, Any]) -> bool:
    with pytest.raises(Killed):
        worker.handle(event, None)
    return True


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize(
    ("fault", "ends"), [*((fault, False) for fault in KILLS), *((fault, True) for fault in REFUSALS)]
)
def test_a_disturbed_run_done_again_ends_as_an_undisturbed_one(
    cloud: Cloud, story: Story, fault: Fault, *, ends: bool
) -> None:
    event = batch(story(cloud, "calm.jpg"))
    with inject_fault(None, fault) as calls:
        worker.handle(event, None)
    expected = outcome(cloud, "calm.jpg")
    for at, operation in enumerate(calls):
        key = f"{at:04}.jpg"
        event = batch(story(cloud, key))
        with inject_fault(at, fault):
            sent_back = _is_sent_back(event) if ends else _is_killed(event)
        # What photos would have shared is done for each alone where it was refused.
        assert sent_back or outcome(cloud, key) == expected, f"{fault.__name__} at {operation}"
        assert worker.handle(event, None) == {"batchItemFailures": []}
        assert outcome(cloud, key) == expected, f"{fault.__name__} at {operation}"
