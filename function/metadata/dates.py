"""When a photo was taken: the first of EXIF's dates that is one."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from function.metadata import text

# In the order of what they say about the moment of the shot, each with the tags of its offset and its fraction.
CANDIDATES = (
    ("EXIF DateTimeOriginal", "EXIF OffsetTimeOriginal", "EXIF SubSecTimeOriginal"),
    ("EXIF DateTimeDigitized", "EXIF OffsetTimeDigitized", "EXIF SubSecTimeDigitized"),
)
DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D(\d{1,2})\D(\d{1,2})\D(\d{1,2})")
OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
# Before photography, and what clocks say that were never set.
EARLIEST = datetime(1826, 1, 1)  # noqa: DTZ001 - it is compared with what a camera's clock said
UNSET = {(1904, 1, 1), (1970, 1, 1)}


def taken(tags: Mapping[str, Any]) -> datetime | None:
    """The moment of the shot on the clock of where it was taken, with its offset where the camera wrote it."""
    for date, offset, fraction in CANDIDATES:
        found = _moment(text.plain(tags, date), text.plain(tags, offset), text.plain(tags, fraction))
        if found:
            return found
    return _gps(tags)


def _moment(date: str | None, offset: str | None, fraction: str | None) -> datetime | None:
    parts = DATE.match(date or "")
    if not parts:
        return None
    try:
        found = datetime(*map(int, parts.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - a camera's clock
    except ValueError:
        return None
    if fraction and fraction.isascii() and fraction.isdigit():
        found = found.replace(microsecond=int(fraction[:6].ljust(6, "0")))
    return found.replace(tzinfo=_zone(offset)) if _plausible(found) else None


def _plausible(moment: datetime) -> bool:
    # A clock may be a day ahead of ours without being wrong.
    latest = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
    return EARLIEST <= moment <= latest and (moment.year, moment.month, moment.day) not in UNSET


def _zone(offset: str | None) -> timezone | None:
    parts = OFFSET.fullmatch(offset or "")
    if not parts:
        return UTC if offset == "Z" else None
    sign, hours, minutes = parts.groups()
    away = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(away if sign == "+" else -away) if away < timedelta(hours=15) else None


def _gps(tags: Mapping[str, Any]) -> datetime | None:
    date = text.plain(tags, "GPS GPSDate")
    clock = [text.ratio(value) for value in text.values(tags, "GPS GPSTimeStamp")]
    if not date or len(clock) != 3 or None in clock:  # noqa: PLR2004 - hours, minutes, seconds
        return None
    hours, minutes, seconds = (int(part or 0) for part in clock)
    return _moment(f"{date} {hours}:{minutes}:{seconds}", "Z", None)
