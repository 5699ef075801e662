"""The api's lists: by what photos are found, what belongs to a photo, and what is said of what is not taken."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from function.bootstrap import api
from function.bootstrap import worker as bootstrap_worker
from function.handlers import worker
from function.index.keys import photo_id
from function.index.postings import FACETS, postings
from function.ports.index import WriteResult
from function.service.edit.annotate import AnnotationChanges
from function.service.ingest.develop import Developed
from function.values.analysis import Label
from function.values.description import Metadata
from function.values.photo import Photo, State
from tests.function.conftest import Cloud, batch
from tests.support.api_client import OWNER, ask, body, listed

FIRST = datetime(2024, 5, 6, 12, tzinfo=UTC)
KNOWN = Metadata(
    make="Canon",
    model="Canon EOS R5",
    lens="RF 50mm",
    country="Norway",
    region="Vestland",
    city="Bergen",
    rating=4,
    keywords=("Rain", "Fish market"),
)
SEEN = (Label("Dog", 98.1, ("Animal", "Pet")), Label("Beach", 80.0))


def shelve(key: str, before: Photo | None = None, **known: Any) -> Photo:
    """Put a photo of the day of its number into the library, as the worker does."""
    photo = Photo(key, **{"state": State.READY, "sequencer": "01", "taken": FIRST, "format": "jpeg", **known})
    assert bootstrap_worker.ingest().finalizer.save(Developed(photo), before) is WriteResult.WRITTEN
    shelved = bootstrap_worker.ingest().index.get(photo_id(key))
    assert shelved
    return shelved


def album(count: int = 5, **known: Any) -> list[str]:
    """The keys of photos of as many days, the newest first."""
    for number in range(count):
        shelve(f"{number}.jpg", taken=FIRST + timedelta(days=number), **known)
    return [f"{number}.jpg" for number in reversed(range(count))]


def whole(query: dict[str, str]) -> list[str]:
    """The keys of a list, page by page to its end."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = body(ask("GET /photos", {**query, **({"cursor": cursor} if cursor else {})}))
        found += [photo["key"] for photo in page["photos"]]
        cursor = page["cursor"]
    return found


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("camera", "Canon EOS R5"),
        ("lens", "RF 50mm"),
        ("country", "Norway"),
        ("region", "Vestland"),
        ("city", "Bergen"),
        ("keyword", "fish market"),
        ("keyword", "RAIN"),
        ("rating", "4"),
        ("label", "dog"),
        ("label", "Animal"),
        ("format", "jpeg"),
    ],
)
def test_a_list_is_newest_first_by_cursor_to_the_end(cloud: Cloud, term: str, value: str) -> None:
    keys = album(metadata=KNOWN, labels=SEEN)
    shelve("other.png", format="png", metadata=Metadata(city="Oslo", keywords=("Rain forest",), rating=3))
    assert whole({term: value, "limit": "2"}) == keys
    assert listed({term: f"{value[:-1]}"} if term != "rating" else {term: "1"}) == []


def test_this_day_in_all_years(cloud: Cloud) -> None:
    for year in (1999, 2012, 2024):
        shelve(f"{year}.jpg", taken=FIRST.replace(year=year))
    shelve("other.jpg", taken=FIRST.replace(month=6))
    assert listed({"on": "05-06"}) == ["2024.jpg", "2012.jpg", "1999.jpg"]


def test_a_list_can_be_narrowed_down_to_days(cloud: Cloud) -> None:
    keys = album(metadata=KNOWN)
    assert whole({"city": "Bergen", "from": "2024-05-07", "to": "2024-05-09", "limit": "1"}) == keys[1:4]


def test_what_is_not_whole_is_listed_by_its_state(cloud: Cloud) -> None:
    album(2)
    shelve("half.jpg", state=State.PARTIAL)
    assert listed({"state": "partial"}) == ["half.jpg"]


def test_two_terms_at_once_are_refused_with_what_to_do(cloud: Cloud) -> None:
    answer = ask("GET /photos", {"city": "Bergen", "camera": "X"})
    assert answer["statusCode"] == 400
    assert "one filter at a time, not by city and camera" in body(answer)["message"]


def test_an_unknown_parameter_is_refused_with_those_that_there_are(cloud: Cloud) -> None:
    answer = ask("GET /photos", {"colour": "red"})
    assert answer["statusCode"] == 400
    assert body(answer)["message"].startswith("Unknown filter 'colour'. The filters are on, camera, ")


def test_a_photo_that_changes_leaves_the_lists_it_is_not_of_any_more(cloud: Cloud) -> None:
    shelved = shelve("a.jpg", metadata=KNOWN)
    shelve("a.jpg", shelved, metadata=replace(KNOWN, city="Oslo"))
    assert (listed({"city": "Bergen"}), listed({"city": "Oslo"})) == ([], ["a.jpg"])
    assert cloud.posted("a.jpg") == {posting.key for posting in postings(shelved) if posting.term != "city"} | {
        f"city\x1foslo\x1f2024-05-06T12:00:00#{photo_id('a.jpg')}"
    }


def test_a_deleted_photo_is_in_no_list_at_once(cloud: Cloud) -> None:
    album(2, metadata=KNOWN)
    assert ask("DELETE /photos/{id}", id=photo_id("0.jpg"))["statusCode"] == 204
    assert listed({"city": "Bergen"}) == ["1.jpg"]
    gone = bootstrap_worker.ingest().index.get(photo_id("0.jpg"))
    assert gone
    # The worker removes them with the original's own event.
    assert set(gone.stale_postings) == cloud.posted("0.jpg") != set()


def test_a_posting_that_was_left_over_shows_no_photo(cloud: Cloud) -> None:
    shelved = shelve("a.jpg", metadata=KNOWN)
    left_over = replace(shelved, metadata=Metadata(city="Atlantis"))
    bootstrap_worker.ingest().finalizer.postings.add(postings(left_over))
    assert listed({"city": "Atlantis"}) == []


def test_a_photo_tells_by_what_it_is_found(cloud: Cloud) -> None:
    shelve("a.jpg", metadata=KNOWN)
    (photo,) = body(ask("GET /photos"))["photos"]
    assert photo["terms"]["keyword"] == ["Rain", "Fish market"]
    for term, values in photo["terms"].items():
        for value in values:
            assert listed({term: value}) == ["a.jpg"], term


def test_the_values_of_a_term_are_told_once_each_by_cursor_to_the_end(cloud: Cloud) -> None:
    for number, city in enumerate(("Oslo", "bergen", "Bergen", "Bergen op Zoom", "Århus")):
        shelve(f"{number}.jpg", metadata=Metadata(city=city))
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        asked = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = body(ask("GET /facets/{facet}", asked, facet="city"))
        found += page["values"]
        cursor = page["cursor"]
    assert [value.casefold() for value in found] == ["bergen", "bergen op zoom", "oslo", "århus"]


@pytest.mark.parametrize("term", FACETS)
def test_every_term_tells_its_values(cloud: Cloud, term: str) -> None:
    album(1, metadata=KNOWN, state=State.PARTIAL, labels=SEEN)
    changes = AnnotationChanges(favourite=True, albums=("Trips",))
    api.annotator().annotate(OWNER, photo_id("0.jpg"), changes)
    worker.handle(batch({"task": "settle", "keys": ["originals/0.jpg"]}), None)
    assert body(ask("GET /facets/{facet}", facet=term))["values"]


def test_photos_that_wait_for_labels_are_listed_for_nobody(cloud: Cloud) -> None:
    shelve("a.jpg", unlabelled="out of budget")
    assert ask("GET /facets/{facet}", facet="unlabelled")["statusCode"] == 404
    assert ask("GET /photos", {"unlabelled": "waiting"})["statusCode"] == 400


def test_an_unknown_term_is_not_found_and_told_which_there_are(cloud: Cloud) -> None:
    answer = ask("GET /facets/{facet}", facet="bytes")
    assert answer["statusCode"] == 404
    assert "The filters are on, camera, lens" in body(answer)["message"]


@pytest.mark.parametrize("query", [{"limit": "none"}, {"cursor": "!"}])
def test_what_the_values_of_a_term_do_not_take_is_said(cloud: Cloud, query: dict[str, str]) -> None:
    answer = ask("GET /facets/{facet}", query, facet="city")
    assert answer["statusCode"] == 400
    assert f"{next(iter(query))} takes" in body(answer)["message"]
