"""Coordinates become the names of a place, and the open sea has none."""

from dataclasses import replace

import pytest

from function.metadata.places import located, place_of
from function.values import Metadata, Place

BOLZANO = Metadata(latitude=46.4983, longitude=11.3548, caption="A square")


def test_a_place_has_the_names_of_its_city_region_and_country() -> None:
    assert place_of(46.4983, 11.3548) == Place("Bolzano", "Trentino-Alto Adige", "Italy")


@pytest.mark.parametrize(
    ("where", "latitude", "longitude"),
    [
        ("the open sea", 30.0, -40.0),
        ("the gulf of nowhere", 0.0, 0.0),
        ("the south pole", -90.0, 0.0),
        ("the north pole", 90.0, 0.0),
    ],
)
def test_where_nobody_lives_there_is_no_name(where: str, latitude: float, longitude: float) -> None:
    assert place_of(latitude, longitude) is None, where


def test_the_nearest_city_may_lie_on_the_other_side_of_the_date_line() -> None:
    east, west = place_of(-16.8, 179.99), place_of(-16.8, -179.99)
    assert east == west
    assert east
    assert east.country == "Fiji"


def test_a_photo_with_coordinates_is_located() -> None:
    found = located(BOLZANO)
    assert (found.city, found.country, found.caption) == ("Bolzano", "Italy", "A square")


def test_what_the_owner_wrote_of_the_place_stays() -> None:
    named = replace(BOLZANO, city="Home")
    assert located(named) == named


@pytest.mark.parametrize("written", [Metadata(), Metadata(latitude=30.0, longitude=-40.0)])
def test_without_a_place_nothing_is_added(written: Metadata) -> None:
    assert located(written) == written


@pytest.mark.parametrize(
    ("where", "quarter", "city"),
    [
        ((41.8896, 12.4703), "Trastevere", "Rome"),
        ((41.8985, 12.4769), "Sant'Eustachio", "Rome"),
        ((40.6958, -73.9936), "Brooklyn Heights", "New York City"),
        ((51.5362, -0.1033), "Islington", "London"),
    ],
)
def test_the_city_of_a_quarter_is_the_place(where: tuple[float, float], quarter: str, city: str) -> None:
    found = place_of(*where)
    assert found
    assert (found.city, found.quarter) == (city, quarter)
    assert (located(Metadata(latitude=where[0], longitude=where[1])).quarter) == quarter


@pytest.mark.parametrize(
    ("where", "town"),
    [((41.8016, 12.6024), "Ciampino"), ((42.3876, -71.0995), "Somerville"), ((45.5845, 9.2744), "Monza")],
)
def test_a_town_beside_a_city_stays_a_town(where: tuple[float, float], town: str) -> None:
    found = place_of(*where)
    assert found
    assert (found.city, found.quarter) == (town, None)
