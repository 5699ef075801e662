"""An .xmp file beside a photo tells what its owner decided, and no stranger's XML does harm."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest

from function.metadata import merged, read_sidecar
from function.metadata.sidecars import CAMERA, LARGEST, OWNED
from function.values.description import Metadata
from tests.support.tagging import bag, sidecar

TITLE = '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A title, lang="en"</rdf:li></rdf:Alt></dc:title>'
CAPTION = "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>First\nsecond</rdf:li></rdf:Alt></dc:description>"
CLOCK = datetime(2018, 2, 1, 12, 34, 56)  # noqa: DTZ001 - a camera's clock
SHOT = Metadata(
    taken=CLOCK.replace(microsecond=250_000, tzinfo=UTC), taken_source="exif.original", make="Maker", rating=2
)


def bomb() -> bytes:
    letters = "abcdefghi"
    grown = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(letters))
    text = sidecar('xmp:Rating="4"', bag("&i;")).decode()
    return text.replace("?>", f'?><!DOCTYPE x [<!ENTITY a "boom">{grown}]>', 1).encode()


def with_other_prefixes(content: bytes) -> bytes:
    """The sidecar as a general XML library writes it."""
    for prefix in (b"x", b"rdf", b"dc", b"xmp"):
        content = re.sub(rb"([\s</:])%s([:=])" % prefix, rb"\1of-%s\2" % prefix, content)
    return content


def test_the_owners_words_are_read() -> None:
    attributes = 'xmp:Rating="4" photoshop:City="Bolzano" exif:GPSLatitude="46,30.6N" exif:GPSLongitude="11,15,0W"'
    found = read_sidecar(sidecar(attributes, bag("snow", "ski") + TITLE + CAPTION))
    assert (found.rating, found.keywords, found.city) == (4, ("snow", "ski"), "Bolzano")
    assert (found.title, found.caption) == ('A title, lang="en"', "First\nsecond")
    assert found.latitude == pytest.approx(46.51)
    assert found.longitude == -11.25


def test_a_text_in_some_language_is_better_than_none() -> None:
    german = '<dc:title><rdf:Alt><rdf:li xml:lang="de">Ein Titel</rdf:li></rdf:Alt></dc:title>'
    assert read_sidecar(sidecar("", german)).title == "Ein Titel"


@pytest.mark.parametrize(
    ("attributes", "source"),
    [
        ('exif:DateTimeOriginal="2018-02-01T12:34:56+05:30"', "xmp"),
        ('photoshop:DateCreated="2018-02-01T12:34:56+05:30"', "xmp"),
        ('xmp:CreateDate="2018-02-01T12:34:56+05:30"', "xmp.created"),
    ],
)
def test_the_time_is_read(attributes: str, source: str) -> None:
    found = read_sidecar(sidecar(attributes))
    assert (found.taken, found.taken_source) == (CLOCK.replace(tzinfo=timezone(timedelta(hours=5.5))), source)


def test_a_sidecar_may_be_in_utf_16() -> None:
    assert read_sidecar(sidecar('xmp:Rating="3"').decode().encode("utf-16")).rating == 3


def test_a_sidecar_may_have_other_prefixes() -> None:
    found = read_sidecar(with_other_prefixes(sidecar('xmp:Rating="3"', bag("Rome"))))
    assert (found.rating, found.keywords) == (3, ("Rome",))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no XML",
        b"<x:xmpmeta",
        sidecar('xmp:Rating="4"')[:-40],
        bomb(),
        with_other_prefixes(bomb()),
        sidecar('xmp:Rating="4"', f"<!--{'x' * LARGEST}-->"),
    ],
    ids=["empty", "text", "opened", "cut", "bomb", "bomb of other prefixes", "large"],
)
def test_what_is_no_honest_sidecar_tells_nothing(content: bytes) -> None:
    assert read_sidecar(content) == Metadata()


def test_the_sidecar_goes_over_the_photo() -> None:
    found = merged(replace(SHOT, keywords=("old",), caption="old"), Metadata(rating=5, keywords=("new",), title="New"))
    assert (found.rating, found.keywords, found.title, found.caption) == (5, ("new",), "New", "old")


def test_coordinates_go_over_as_a_whole() -> None:
    photo = Metadata(latitude=1.0, longitude=2.0, altitude=3.0, city="City", country="Country")
    found = merged(photo, Metadata(latitude=4.0, longitude=5.0, city="Town"))
    assert (found.latitude, found.longitude, found.altitude) == (4.0, 5.0, None)
    assert (found.city, found.country) == ("Town", None)


def test_what_the_camera_wrote_stays_and_what_it_did_not_is_filled_in() -> None:
    found = merged(SHOT, Metadata(make="Other", model="Model"))
    assert (found.make, found.model) == ("Maker", "Model")


def test_an_empty_sidecar_changes_nothing() -> None:
    assert merged(SHOT, Metadata()) == SHOT


@pytest.mark.parametrize(
    ("when", "source", "wins"),
    [
        (CLOCK.replace(year=2017), "xmp", True),
        (CLOCK.replace(tzinfo=timezone(timedelta(hours=2))), "xmp", True),
        (CLOCK, "xmp", False),  # says the same, and less of it
        (CLOCK.replace(year=2019), "xmp.created", False),  # it may be the sidecar's own
    ],
)
def test_the_sidecars_time_counts_where_it_says_more(when: datetime, source: str, wins: bool) -> None:
    found = merged(SHOT, Metadata(taken=when, taken_source=source))
    assert found.taken == (when if wins else SHOT.taken)


def test_a_photo_without_a_time_takes_any() -> None:
    assert merged(Metadata(), Metadata(taken=CLOCK, taken_source="xmp.created")).taken == CLOCK


def test_every_field_belongs_to_the_owner_or_to_the_camera() -> None:
    placed = {"taken", "taken_source", "taken_precision", *CAMERA, *(name for group in OWNED for name in group)}
    assert placed == {*Metadata.__dataclass_fields__}
