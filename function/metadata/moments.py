"""Compares and completes points in time of different precision."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

from function.values.description import Precision

# From a precision to how many of year, month, day, hour, minute and second are known.
KNOWN_PARTS = {
    Precision.YEAR: 1,
    Precision.MONTH: 2,
    Precision.DAY: 3,
    Precision.MINUTE: 5,
    Precision.SECOND: 6,
}
# Offsets of time zones are multiples of a quarter of an hour, from UTC-12 to UTC+14. A satellite's time is the fix's,
# which may be some seconds older than the shot.
QUARTER = timedelta(minutes=15)
WEST, EAST = timedelta(hours=-12), timedelta(hours=14)
CLOSE = timedelta(seconds=15)


@dataclass(frozen=True)
class Moment:
    """A point in time as one source writes it: naive where no offset is written, UTC where `is_utc`.

    `is_utc` marks sources that always write UTC (satellites, milliseconds since 1970), wherever the camera was.
    """

    when: datetime
    source: str
    precision: Precision = Precision.SECOND
    is_utc: bool = False


def clock_parts(when: datetime, precision: Precision) -> tuple[int, ...]:
    """The numbers of a time that are known: (1955,) for a year."""
    parts = (when.year, when.month, when.day, when.hour, when.minute, when.second)
    return parts[: KNOWN_PARTS[precision]]


def agree(one: Moment, other: Moment) -> bool:
    """Check whether two times on the same clock are equal in the units that both have."""
    if one.is_utc != other.is_utc:
        return False
    precision = min(one.precision, other.precision, key=lambda known: KNOWN_PARTS[known])
    return clock_parts(one.when, precision) == clock_parts(other.when, precision)


def completed(moment: Moment, other: Moment) -> Moment:
    """The time with the parts and the offset that it lacks, where the other agrees with it and has them."""
    if other.is_utc and not moment.is_utc:
        return _with_offset_to(moment, other.when)
    if not agree(moment, other):
        return moment
    when, precision = moment.when, moment.precision
    if KNOWN_PARTS[other.precision] > KNOWN_PARTS[precision]:
        when, precision = other.when.replace(tzinfo=other.when.tzinfo or when.tzinfo), other.precision
    elif KNOWN_PARTS[precision] > KNOWN_PARTS[Precision.DAY] and other.precision == precision and not when.tzinfo:
        when = when.replace(tzinfo=other.when.tzinfo)
    return replace(moment, when=when, precision=precision)


def _with_offset_to(moment: Moment, utc: datetime) -> Moment:
    """The clock's time with its offset from UTC, where both times are of the same moment."""
    if moment.when.tzinfo or moment.precision != Precision.SECOND:
        return moment
    away = moment.when.replace(tzinfo=UTC) - utc
    offset = round(away / QUARTER) * QUARTER
    if abs(away - offset) > CLOSE or not WEST <= offset <= EAST:
        return moment
    return replace(moment, when=moment.when.replace(tzinfo=timezone(offset)))
