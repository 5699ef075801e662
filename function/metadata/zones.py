"""The clock of a place: its time zone by its coordinates, offline."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def on_the_clock_of(when: datetime, latitude: float, longitude: float) -> datetime:
    """The moment on the clock of the place: a clock's time without an offset gets the place's, UTC is converted."""
    zone = _zone(latitude, longitude)
    if not zone:
        return when
    offset = (when.astimezone(zone) if when.tzinfo else when.replace(tzinfo=zone)).utcoffset() or timedelta()
    # Local mean time, before there were zones, has seconds.
    fixed = timezone(timedelta(minutes=round(offset / timedelta(minutes=1))))
    return when.astimezone(fixed) if when.tzinfo else when.replace(tzinfo=fixed)


def _zone(latitude: float, longitude: float) -> ZoneInfo | None:
    # Its map takes 33 MB: loaded for the first photo with coordinates.
    import tzfpy

    try:
        return ZoneInfo(tzfpy.get_tz(longitude, latitude))
    except (ZoneInfoNotFoundError, ValueError):
        return None
