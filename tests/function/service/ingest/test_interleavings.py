"""Two events of one photo at the same moment: whatever comes between which calls, the newer one holds."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import product
from typing import Any

import pytest
from PIL import Image

from function.handlers import worker
from function.index.postings import keys
from tests.function.conftest import ORIGINALS, Cloud, batch, s3_event
from tests.support.faults import Call, Killed, inject_fault, interleave, put_event
from tests.support.pictures import encoded, quarters

TURNED = encoded(Image.fromarray(quarters()[::-1, ::-1].copy()), "JPEG").getvalue()
Event = dict[str, Any]
# What lies in S3 by the time the two events, the older one first, are worked off.
Story = Callable[[Cloud, str], tuple[Event, Event]]


def handle(event: Event) -> None:
    assert worker.handle(batch(event), None) == {"batchItemFailures": []}


def deleted(cloud: Cloud, key: str, sequencer: str) -> Event:
    cloud.s3.delete_object(Bucket=ORIGINALS, Key=key)
    return s3_event(key, None, sequencer, name="ObjectRemoved:DeleteMarkerCreated")


def the_same_twice(cloud: Cloud, key: str) -> tuple[Event, Event]:
    event = put_event(cloud, key, "01")
    return event, event


def another_photo_in_its_place(cloud: Cloud, key: str) -> tuple[Event, Event]:
    return put_event(cloud, key, "01"), put_event(cloud, key, "02", TURNED)


def no_photo_in_its_place(cloud: Cloud, key: str) -> tuple[Event, Event]:
    return put_event(cloud, key, "01"), put_event(cloud, key, "02", b"now it is text")


def a_delete(cloud: Cloud, key: str) -> tuple[Event, Event]:
    return put_event(cloud, key, "01"), deleted(cloud, key, "02")


def a_delete_and_the_same_photo_again(cloud: Cloud, key: str) -> tuple[Event, Event]:
    handle(put_event(cloud, key, "01"))
    marker = cloud.s3.delete_object(Bucket=ORIGINALS, Key=key)["VersionId"]
    removal = s3_event(key, marker, "02", name="ObjectRemoved:DeleteMarkerCreated")
    return removal, put_event(cloud, key, "03")


STORIES: tuple[Story, ...] = (
    the_same_twice,
    another_photo_in_its_place,
    no_photo_in_its_place,
    a_delete,
    a_delete_and_the_same_photo_again,
)


def shown(cloud: Cloud, key: str) -> Any:
    """What there is to see of the photo, what is left to do, and that it is posted as it is."""
    photo = cloud.photo(key)
    assert photo
    assert cloud.posted(key) == keys(photo)
    return seen(cloud, key)


def seen(cloud: Cloud, key: str) -> Any:
    """The same without its postings, of which those that nobody removed are passed over when they are read."""
    photo = cloud.photo(key)
    assert photo
    named = {rendition.key.replace(key, "KEY") for rendition in photo.renditions}
    there = {name.replace(key, "KEY"): etag for name, etag in cloud.renditions().items() if key in name}
    return photo.state, photo.reason, photo.settled, photo.stale, photo.stale_postings, named, there


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("older_is_disturbed", [True, False])
def test_the_newer_event_holds_whatever_comes_between(cloud: Cloud, story: Story, *, older_is_disturbed: bool) -> None:
    older, newer = story(cloud, "originals/calm.jpg")
    handle(older)
    handle(newer)
    expected = shown(cloud, "calm.jpg")
    at, reached = 0, True
    while reached:
        older, newer = story(cloud, f"originals/{at:04}.jpg")
        slow, quick = (older, newer) if older_is_disturbed else (newer, older)
        reached = False

        def meanwhile(call: Call) -> Any:
            nonlocal reached
            reached = True
            handle(quick)  # noqa: B023 - it is called in this turn of the loop
            return call()

        with inject_fault(at, meanwhile) as calls:
            handle(slow)
        if reached:
            assert shown(cloud, f"{at:04}.jpg") == expected, f"between {calls[:at]} and the rest"
        at += 1
    assert at > 3


@pytest.mark.parametrize("story", STORIES)
def test_the_newer_event_holds_though_the_older_one_is_killed_after_it(cloud: Cloud, story: Story) -> None:
    older, newer = story(cloud, "originals/calm.jpg")
    handle(older)
    with inject_fault(None, lambda call: call()) as calls:
        handle(newer)
    expected = seen(cloud, "calm.jpg")
    for at, later in product(range(len(calls)), range(1, len(calls))):
        key = f"{at:02}-{later:02}.jpg"
        older, newer = story(cloud, f"originals/{key}")
        with interleave(at, partial(handle, newer), at + later), suppress(Killed):
            handle(older)
        # What was interrupted comes again; the other came in between, or comes now.
        handle(older)
        handle(newer)
        assert seen(cloud, key) == expected, f"before call {at}, killed {later} after it"
