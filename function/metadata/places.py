"""The name of a place by its coordinates, offline: of the nearest city that has one."""

from bisect import bisect_left
from dataclasses import replace
from math import asin, cos, radians, sin, sqrt

from function.metadata import gazetteer
from function.values import Metadata, Place

# How far the nearest city may lie: beyond is sea, or wilderness.
FARTHEST_KM = 75
EARTH_KM = 6371
KM_PER_DEGREE = 111.19
HALF_TURN, TURN = 180, 360


def located(written: Metadata) -> Metadata:
    """The metadata with the names of its place, where it has coordinates and nobody has named the place."""
    named = written.city or written.region or written.country
    if named or written.latitude is None or written.longitude is None:
        return written
    place = place_of(written.latitude, written.longitude)
    if not place:
        return written
    quarter = written.quarter or place.quarter
    return replace(written, quarter=quarter, city=place.city, region=place.region, country=place.country)


def place_of(latitude: float, longitude: float) -> Place | None:
    """The nearest place of at least 1000 people, its region and its country; None where there is none within 75 km.

    Where that place is a quarter, its city is the place, and the quarter stands beside it.
    """
    known = gazetteer.cities()
    reach = FARTHEST_KM / KM_PER_DEGREE
    first, last = (bisect_left(known.latitudes, latitude + away) for away in (-reach, reach))
    # Meridians come together towards the poles, and the date line is none to be seen.
    beside = reach / max(cos(radians(abs(latitude) + reach)), reach / HALF_TURN)
    distances = (
        (_distance(latitude, longitude, known.latitudes[at], east), known.starts[at])
        for at, east in enumerate(known.longitudes[first:last], first)
        if abs((east - longitude + HALF_TURN) % TURN - HALF_TURN) <= beside
    )
    nearest = min(distances, default=None)
    return gazetteer.place(nearest[1]) if nearest and nearest[0] <= FARTHEST_KM else None


def _distance(latitude: float, longitude: float, north: float, east: float) -> float:
    """Kilometres over the ground, by the haversine of the angle between."""
    up, along = radians(north - latitude), radians(east - longitude)
    share = sin(up / 2) ** 2 + cos(radians(latitude)) * cos(radians(north)) * sin(along / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(share, 1)))
