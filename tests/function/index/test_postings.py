"""What a photo is found by."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from function.index.postings import (
    FACETS,
    LONGEST_BYTES,
    MOST_VALUES,
    POSTINGS_BY_SHELF,
    facets,
    keys,
    normalized,
    postings,
    stale,
    still_valid,
)
from function.values.analysis import Label
from function.values.description import Metadata, Precision
from function.values.photo import Photo, State

PHOTO = Photo(
    key="2024/05/06/IMG_1.CR2",
    state=State.READY,
    sequencer="01",
    format="raw",
    bytes=25_000_000,
    etag="d41d8cd98f00b204e9800998ecf8427e",
    taken=datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC),
    phash="0123456789abcdef",
    labels=(Label("Dog", 98.1, ("Animal", "Pet")), Label("Cat", 80.0, ("Animal",))),
    metadata=Metadata(
        make="Canon",
        model="Canon EOS R5",
        lens="RF24-105mm F4 L IS USM",
        country="Norway",
        region="Vestland",
        city="Bergen",
        rating=4,
        keywords=("Rain", "rain", "  Fish   market ", ""),
    ),
)


def values(photo: Photo, term: str) -> list[str]:
    return [posting.value for posting in postings(photo) if posting.term == term]


def test_a_photo_stands_in_the_list_of_each_thing_that_is_known_of_it() -> None:
    assert facets(PHOTO) == {
        "on": ["05-06"],
        "camera": ["Canon EOS R5"],
        "lens": ["RF24-105mm F4 L IS USM"],
        "country": ["Norway"],
        "region": ["Vestland"],
        "city": ["Bergen"],
        "keyword": ["Rain", "Fish market"],
        "rating": ["4"],
        "label": ["Dog", "Cat", "Pet", "Animal"],
        "format": ["raw"],
    }


def test_every_posting_stands_at_the_photos_place_in_time() -> None:
    assert {posting.sort_key for posting in postings(PHOTO)} == {f"2024-05-06T07:08:09#{postings(PHOTO)[0].photo}"}


def test_a_list_is_one_line_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    colours = dict(POSTINGS_BY_SHELF["library"], colour=lambda photo: photo.colours)
    monkeypatch.setitem(POSTINGS_BY_SHELF, "library", colours)
    assert values(replace(PHOTO, colours=("#102030",)), "colour") == ["#102030"]


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS R5", "Canon EOS R5"),
        ("NIKON CORPORATION", "NIKON Z 6", "NIKON Z 6"),
        ("Apple", "iPhone 15", "Apple iPhone 15"),
        ("Leica", None, "Leica"),
        (None, "X100V", "X100V"),
    ],
)
def test_a_camera_is_called_by_make_and_model_without_saying_the_make_twice(
    make: str | None, model: str | None, camera: str
) -> None:
    assert values(replace(PHOTO, metadata=Metadata(make=make, model=model)), "camera") == [camera]


def test_of_nothing_that_is_known_nothing_is_written() -> None:
    bare = Photo(key="a.jpg", state=State.READY, sequencer="01", uploaded=PHOTO.taken)
    assert [posting.term for posting in postings(bare)] == ["stack"]
    assert facets(replace(PHOTO, metadata=Metadata(rating=0, make=" "), taken=None, format=None, labels=None)) == {}


def test_a_photo_that_is_not_whole_stands_in_the_list_of_these() -> None:
    assert values(replace(PHOTO, state=State.PARTIAL), "state") == ["partial"]


def test_what_cannot_be_shown_is_found_by_its_shot_alone_and_what_was_deleted_by_nothing() -> None:
    assert [posting.term for posting in postings(replace(PHOTO, state=State.UNSUPPORTED))] == ["stack"]
    assert postings(replace(PHOTO, state=State.DELETED)) == ()


def test_files_of_one_shot_share_a_posting_and_files_of_other_folders_do_not() -> None:
    def shot(key: str) -> list[str]:
        return values(replace(PHOTO, key=key), "stack")

    assert shot("a/IMG_1.CR2") == shot("a/IMG_1.jpg") == shot("a/img_1.JPG")
    assert shot("a/IMG_1.CR2") != shot("b/IMG_1.CR2")
    assert shot("a/IMG_1.CR2") != shot("a/IMG_1.b.CR2")
    assert shot("IMG_1") == shot("IMG_1.jpg")


def test_spelling_decides_nothing() -> None:
    assert normalized("Zürich") == normalized("ZÜRICH") == normalized("zu\u0308rich")


def test_however_much_is_written_in_a_photo_its_postings_are_bounded() -> None:
    long = tuple(f"{number} " + "ẞ\u1f80📷" * 300 for number in range(500))
    found = postings(replace(PHOTO, metadata=Metadata(keywords=long, model="ﬃ" * 500)))
    assert len(found) < MOST_VALUES + len(FACETS) + 10
    assert all(len(posting.key.partition("\x1f")[2].encode()) <= 2 * LONGEST_BYTES for posting in found)
    assert all(len(posting.value.encode()) <= LONGEST_BYTES for posting in found)


def test_no_value_reaches_into_another_ones_list() -> None:
    def key(keyword: str) -> str:
        return next(key for key in keys(replace(PHOTO, metadata=Metadata(keywords=(keyword,)))) if "keyword" in key)

    assert key("rain\x1f2024") == key("rain 2024")
    assert len(key("a\x1fb\x00c").split("\x1f")) == 3


def test_what_changes_leaves_what_is_not_true_any_more_to_be_removed() -> None:
    after = replace(PHOTO, metadata=replace(PHOTO.metadata, city="Oslo"), stale_postings=("x",))
    gone = {key for key in keys(PHOTO) if key.startswith("city")}
    assert set(stale(PHOTO, after)) == gone
    assert set(stale(after, after)) == {"x"}
    assert stale(None, after) == ()
    assert set(stale(PHOTO, replace(PHOTO, state=State.DELETED))) == keys(PHOTO)


def test_a_posting_shows_its_photo_only_while_it_is_true_of_it() -> None:
    found = [posting for posting in postings(PHOTO) if posting.term == "city"]
    assert still_valid(found, [PHOTO]) == (PHOTO,)
    for changed in (
        replace(PHOTO, metadata=replace(PHOTO.metadata, city="Oslo")),
        replace(PHOTO, taken=datetime(2025, 1, 1, tzinfo=UTC)),
        replace(PHOTO, state=State.DELETED),
        replace(PHOTO, key="another.jpg"),
    ):
        assert still_valid(found, [changed]) == ()


@pytest.mark.parametrize(
    ("precision", "days"),
    [
        (Precision.YEAR, []),
        (Precision.MONTH, []),
        (Precision.DAY, ["05-01"]),
        (Precision.SECOND, ["05-01"]),
        (None, ["05-01"]),
    ],
)
def test_a_day_of_all_years_is_posted_where_the_day_is_known(precision: Precision | None, days: list[str]) -> None:
    dated = replace(PHOTO, taken=datetime(2024, 5, 1, tzinfo=UTC), taken_precision=precision)
    assert [posting.value for posting in postings(dated) if posting.term == "on"] == days
    assert not [posting for posting in postings(replace(dated, taken=None)) if posting.term == "on"]
