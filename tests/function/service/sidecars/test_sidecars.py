"""A sidecar counts for its photo, whichever of the two comes first, at whatever moment."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from function.bootstrap import adapters
from function.bootstrap import worker as bootstrap_worker
from function.errors import BrokenImageError
from function.handlers import worker
from function.service.sidecars.pairing import is_sidecar, photos_of, sidecars_of
from function.values.photo import Photo, State
from tests.function.conftest import ORIGINALS, Cloud, batch, s3_event
from tests.support.faults import Call, inject_fault, put_event
from tests.support.tagging import bag, sidecar

FOUR, FIVE = sidecar('xmp:Rating="4"', bag("snow")), sidecar('xmp:Rating="5"')
Event = dict[str, Any]
Act = Callable[[Cloud, str], Event]


def handle(event: Event) -> None:
    assert worker.handle(batch(event), None) == {"batchItemFailures": []}


def photo_comes(cloud: Cloud, photo: str) -> Event:
    return put_event(cloud, f"originals/{photo}", "01")


def sidecar_comes(cloud: Cloud, photo: str) -> Event:
    return put_event(cloud, f"originals/{photo}.xmp", "01", FOUR)


def sidecar_changes(cloud: Cloud, photo: str) -> Event:
    return put_event(cloud, f"originals/{photo}.xmp", "02", FIVE)


def sidecar_goes(cloud: Cloud, photo: str) -> Event:
    cloud.s3.delete_object(Bucket=ORIGINALS, Key=f"originals/{photo}.xmp")
    return s3_event(f"originals/{photo}.xmp", None, "03", name="ObjectRemoved:DeleteMarkerCreated")


def photo_changes(cloud: Cloud, photo: str) -> Event:
    return put_event(cloud, f"originals/{photo}", "02")


def known(cloud: Cloud, key: str) -> Photo:
    photo = cloud.photo(key)
    assert photo
    return photo


@pytest.mark.parametrize("name", ["IMG_1.jpg.xmp", "IMG_1.xmp", "IMG_1.XMP", "IMG_1.JPG.xmp"])
@pytest.mark.parametrize("photo_is_first", [True, False])
def test_a_sidecar_goes_over_its_photo(cloud: Cloud, name: str, *, photo_is_first: bool) -> None:
    events = [
        put_event(cloud, "originals/a/IMG_1.jpg", "01"),
        put_event(cloud, f"originals/a/{name}", "01", FOUR),
    ]  # both lie there by now
    for event in events if photo_is_first else reversed(events):
        handle(event)
    photo = known(cloud, "a/IMG_1.jpg")
    assert (photo.state, photo.settled) == (State.READY, True)
    assert (photo.metadata.rating, photo.metadata.keywords) == (4, ("snow",))
    assert known(cloud, f"a/{name}").state == State.SKIPPED
    assert [told["event"] for told in cloud.told if told["key"] == "a/IMG_1.jpg"] == ["photo.ready"]


def test_a_change_and_a_removal_of_the_sidecar_count_and_leave_the_renditions(cloud: Cloud) -> None:
    handle(photo_comes(cloud, "a.jpg"))
    before = known(cloud, "a.jpg"), cloud.renditions()
    handle(sidecar_comes(cloud, "a.jpg"))
    object.__setattr__(bootstrap_worker.ingest().darkroom, "render", None)  # so that it cannot be called
    handle(sidecar_changes(cloud, "a.jpg"))
    assert known(cloud, "a.jpg").metadata.rating == 5
    assert known(cloud, "a.jpg").metadata.keywords == ()
    assert adapters.records().load("a.jpg") == known(cloud, "a.jpg")
    assert [told["event"] for told in cloud.told if told["key"] == "a.jpg"] == ["photo.ready"] * 3
    handle(sidecar_goes(cloud, "a.jpg"))
    after = known(cloud, "a.jpg")
    assert (after.metadata, after.taken, after.sidecar) == (before[0].metadata, before[0].taken, None)
    assert cloud.renditions() == before[1]
    assert known(cloud, "a.jpg.xmp").state == State.DELETED


def test_a_sidecars_time_and_place_are_the_photos(cloud: Cloud) -> None:
    said = 'exif:DateTimeOriginal="2018-02-01T12:34:56" exif:GPSLatitude="46,30.0N" exif:GPSLongitude="11,21.0E"'
    handle(photo_comes(cloud, "a.jpg"))
    handle(put_event(cloud, "originals/a.xmp", "01", sidecar(said)))
    photo = known(cloud, "a.jpg")
    assert photo.taken
    assert photo.taken.isoformat() == "2018-02-01T12:34:56+01:00"
    assert (photo.taken_source, photo.metadata.city) == ("xmp", "Bolzano")


def test_the_sidecar_with_the_whole_name_is_the_one(cloud: Cloud) -> None:
    put_event(cloud, "originals/a.xmp", "01", FIVE)
    handle(sidecar_comes(cloud, "a.jpg"))
    handle(photo_comes(cloud, "a.jpg"))
    assert known(cloud, "a.jpg").metadata.rating == 4
    handle(sidecar_goes(cloud, "a.jpg"))
    assert known(cloud, "a.jpg").metadata.rating == 5


def test_one_sidecar_counts_for_the_raw_and_the_jpeg_of_its_name(cloud: Cloud) -> None:
    for name in ("a.jpg", "a.nef"):
        handle(photo_comes(cloud, name))
    handle(put_event(cloud, "originals/a.xmp", "01", FOUR))
    assert [known(cloud, name).metadata.rating for name in ("a.jpg", "a.nef")] == [4, 4]


def test_a_sidecar_that_brings_down_its_reader_leaves_the_photo_as_it_is(cloud: Cloud) -> None:
    handle(photo_comes(cloud, "a.jpg"))
    sidecars = bootstrap_worker.ingest().sidecars
    real = sidecars.describe

    def crashing(*arguments: Any) -> Any:
        if arguments[-1]:
            raise BrokenImageError("SIGSEGV")
        return real(*arguments)

    object.__setattr__(sidecars, "describe", crashing)
    handle(sidecar_comes(cloud, "a.jpg"))
    photo = known(cloud, "a.jpg")
    assert (photo.state, photo.metadata.rating) == (State.READY, None)


def test_a_sidecar_of_megabytes_counts(cloud: Cloud) -> None:
    handle(photo_comes(cloud, "a.jpg"))
    handle(
        put_event(
            cloud, "originals/a.jpg.xmp", "01", FOUR.replace(b"<rdf:RDF", b"<!--" + b"x" * (15 << 20) + b"--><rdf:RDF")
        )
    )
    assert known(cloud, "a.jpg").metadata.rating == 4


def test_of_a_sidecar_no_more_is_read_than_a_sidecar_has(cloud: Cloud) -> None:
    handle(photo_comes(cloud, "a.jpg"))
    handle(put_event(cloud, "originals/a.jpg.xmp", "01", FOUR + bytes(17 << 20)))
    photo = known(cloud, "a.jpg")
    assert (photo.state, photo.metadata.rating) == (State.READY, None)


def test_a_file_that_cannot_be_shown_stays_so(cloud: Cloud) -> None:
    handle(put_event(cloud, "originals/a.jpg", "01", b"text"))
    handle(sidecar_comes(cloud, "a.jpg"))
    assert known(cloud, "a.jpg").state == State.UNSUPPORTED


# What was there before, what is worked off, and what happens and is worked off while that is under way.
MEETINGS: tuple[tuple[tuple[Act, ...], Act, Act], ...] = (
    ((), photo_comes, sidecar_comes),
    ((), sidecar_comes, photo_comes),
    ((photo_comes,), sidecar_comes, sidecar_goes),
    ((photo_comes,), sidecar_comes, photo_changes),
    ((sidecar_comes,), photo_comes, sidecar_goes),
    ((sidecar_comes,), photo_comes, sidecar_changes),
    ((photo_comes, sidecar_comes), sidecar_changes, sidecar_goes),
    ((photo_comes, sidecar_comes), sidecar_goes, sidecar_comes),
    ((photo_comes, sidecar_comes), photo_changes, sidecar_changes),
)


@pytest.mark.parametrize(("before", "slow", "quick"), MEETINGS)
def test_whatever_happens_at_whatever_moment_the_photo_is_as_it_lies_in_the_bucket(
    cloud: Cloud, before: tuple[Act, ...], slow: Act, quick: Act
) -> None:
    at, reached = 0, True
    while reached:
        key = f"{at:04}.jpg"
        for act in before:
            handle(act(cloud, key))
        event, reached = slow(cloud, key), False

        def meanwhile(call: Call) -> Any:
            nonlocal reached
            reached = True
            handle(quick(cloud, key))  # noqa: B023 - it is called in this turn of the loop
            return call()

        with inject_fault(at, meanwhile) as calls:
            handle(event)
        assert_agrees(cloud, key, f"between {calls[:at]} and the rest")
        at += 1


RATINGS: dict[str | None, int | None] = {
    None: None,
    **{f'"{hashlib.md5(content).hexdigest()}"': rating for content, rating in ((FOUR, 4), (FIVE, 5))},
}


def assert_agrees(cloud: Cloud, key: str, when: str) -> None:
    listed = cloud.s3.list_objects_v2(Bucket=ORIGINALS, Prefix=f"originals/{key}").get("Contents", ())
    etags = {entry["Key"].removeprefix("originals/"): entry["ETag"] for entry in listed}
    photo = cloud.photo(key)
    assert bool(photo) == (key in etags), when
    if photo:
        assert photo.settled, when
        assert photo.sidecar == etags.get(f"{key}.xmp"), when
        assert photo.metadata.rating == RATINGS[photo.sidecar], when


@pytest.mark.parametrize(
    ("photo", "names", "found"),
    [
        ("a/b.nef", ["a/b.nef", "a/b.xmp"], "a/b.xmp"),
        ("a/b.nef", ["a/b.nef.xmp", "a/b.xmp"], "a/b.nef.xmp"),
        ("a/b.nef", ["a/b.nef.XMP", "a/b.xmp"], "a/b.nef.XMP"),
        ("a/b.nef", ["a/b.jpg.xmp", "a/b.c.xmp"], None),
        ("a/b", ["a/b.xmp"], "a/b.xmp"),
        ("a.b/c", ["a.xmp", "a.b/c.jpg.xmp"], None),
        ("a/.b", ["a/.xmp"], None),
        ("a/b.JPG", ["a/b.jpg.xmp"], "a/b.jpg.xmp"),
        ("a/b.jpg", ["a/b.JPG.XMP", "a/b.xmp"], "a/b.JPG.XMP"),
        ("a/b.JPG", ["a/b.jpg", "a/b.jpg.xmp", "a/b.xmp"], "a/b.xmp"),
        ("a/b.JPG", ["a/B.jpg.xmp"], None),
        ("a/b (1).JPG", ["a/b.JPG.xmp", "a/b.xmp"], None),
    ],
)
def test_names_tell_the_sidecar(photo: str, names: list[str], found: str | None) -> None:
    assert next(iter(sidecars_of(photo, names)), None) == found
    assert not found or photo in photos_of(found, {photo, *names})


def test_a_sidecar_is_that_of_the_photo_whose_ending_is_written_so() -> None:
    assert photos_of("a/b.jpg.xmp", ["a/b.jpg", "a/b.JPG"]) == ["a/b.jpg"]
    assert photos_of("a/b.jpg.xmp", ["a/b.JPG"]) == ["a/b.JPG"]


def test_an_ending_alone_is_no_sidecar() -> None:
    assert not is_sidecar("a/.xmp")
    assert not is_sidecar("a/xmp")


@pytest.mark.parametrize("neighbours", [12, 120])
def test_each_photo_of_a_batch_finds_its_own_sidecar_however_many_neighbours_it_has(
    cloud: Cloud, neighbours: int
) -> None:
    for number in range(neighbours):
        cloud.put(f"originals/IMG_1{number:03}.txt", b"")
    cloud.put("originals/IMG_1003.xmp", FOUR)
    cloud.put("originals/IMG_1.xmp", FIVE)
    names = ["IMG_1001.jpg", "IMG_1003.jpg", "IMG_1.jpg", "IMG_2.jpg", "IMG_1200.jpg"]
    worker.handle(batch(*(put_event(cloud, f"originals/{name}", "01") for name in names)), None)
    photos = {name: cloud.photo(name) for name in names}
    assert {name for name, photo in photos.items() if photo and photo.sidecar} == {"IMG_1003.jpg", "IMG_1.jpg"}
