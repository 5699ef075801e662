"""When a photo was taken, as it is written inside: the first of its dates that is one."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from function.metadata.converters import ratio
from function.metadata.tags import Tags

# Of its kind: a satellite's clock, and the date of a file's last change, which may be that of an edit.
GPS, MODIFIED = "gps", "exif modified"


class Written(NamedTuple):
    """A date's tag, and those of its time of day, offset from UTC and fraction of a second, where they are apart."""

    source: str
    date: str
    clock: str = ""
    offset: str = ""
    fraction: str = ""


def _photo(source: str, name: str) -> Written:
    return Written(
        source, f"Exif.Photo.DateTime{name}", "", f"Exif.Photo.OffsetTime{name}", f"Exif.Photo.SubSecTime{name}"
    )


# In the order of what they say about the moment of the shot.
WRITTEN = (
    _photo("exif", "Original"),
    Written("exif", "Exif.Image.DateTimeOriginal"),
    _photo("exif digitized", "Digitized"),
    Written(GPS, "Exif.GPSInfo.GPSDateStamp", "Exif.GPSInfo.GPSTimeStamp"),
    Written(GPS, "Xmp.exif.GPSTimeStamp"),
    Written("xmp", "Xmp.exif.DateTimeOriginal"),
    Written("xmp created", "Xmp.photoshop.DateCreated"),
    Written("xmp created", "Xmp.xmp.CreateDate"),
    Written("iptc", "Iptc.Application2.DateCreated", "Iptc.Application2.TimeCreated"),
    Written(MODIFIED, "Exif.Image.DateTime", "", "Exif.Photo.OffsetTime", "Exif.Photo.SubSecTime"),
)
CLOCK = r"[T ](\d{1,2})\D(\d{1,2})(?:\D(\d{1,2})(?:\.(\d+))?)?\s*(Z|[+-]\d\d:\d\d)?"
MOMENT = re.compile(rf"(\d{{4}})\D(\d{{1,2}})\D(\d{{1,2}})(?:{CLOCK})?", re.ASCII)
OFFSET = re.compile(r"([+-])(\d\d):(\d\d)", re.ASCII)
# Before photography, and what clocks say that were never set.
EARLIEST = datetime(1826, 1, 1)  # noqa: DTZ001 - it is compared with what a camera's clock said
UNSET = {(1904, 1, 1), (1970, 1, 1)}
FARTHEST = timedelta(hours=15)


def written(tags: Tags) -> tuple[datetime, str] | tuple[None, None]:
    """The moment of the shot on the clock of where it was taken, with its offset where that is written; its source."""
    found = [(when, entry.source) for entry in WRITTEN if (when := _moment_of(tags, entry))]
    if not found:
        return None, None
    when, source = found[0]
    if when.tzinfo is None:
        # What says the same to the second, and the offset with it, says which offset it is.
        clocks = (other.tzinfo for other, _ in found if other.tzinfo and _second(other) == _second(when))
        when = when.replace(tzinfo=next(clocks, None))
    return when, source


def _moment_of(tags: Tags, entry: Written) -> datetime | None:
    date, clock, offset, fraction = (next(iter(tags.get(name, ())), "") for name in entry[1:])
    if entry.source == GPS and entry.clock and not clock:
        return None  # a day in UTC alone may be another one there
    found = moment(f"{date} {_clock(clock)}" if entry.clock else date, offset.strip(), fraction.strip())
    # Satellites tell UTC.
    return found.replace(tzinfo=found.tzinfo or UTC) if found and entry.source == GPS else found


def _second(when: datetime) -> datetime:
    return when.replace(tzinfo=None, microsecond=0)


def moment(text: str, offset: str = "", fraction: str = "") -> datetime | None:
    """A date in EXIF's or XMP's way, at midnight where it has no time of day; None where it cannot be true."""
    parts = MOMENT.match(text)
    if not parts:
        return None
    try:
        found = datetime(*(int(part or 0) for part in parts.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001 - a camera's clock
    except ValueError:
        return None
    digits = parts[7] or fraction
    if digits.isascii() and digits.isdigit():
        found = found.replace(microsecond=int(digits[:6].ljust(6, "0")))
    return found.replace(tzinfo=_zone(parts[8] or offset)) if plausible(found) else None


def plausible(found: datetime) -> bool:
    """Whether a photo can have been taken then, on any clock; no camera was set to the first day of its calendar."""
    # A clock may be a day ahead of ours without being wrong.
    latest = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
    day = (found.year, found.month, found.day)
    return EARLIEST <= found.replace(tzinfo=None) <= latest and day not in UNSET


def _zone(offset: str) -> timezone | None:
    parts = OFFSET.fullmatch(offset)
    if not parts:
        return UTC if offset == "Z" else None
    sign, hours, minutes = parts.groups()
    away = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(away if sign == "+" else -away) if away < FARTHEST else None


def _clock(time: str) -> str:
    """A time of day: the GPS's three fractions as text, IPTC's as it is."""
    parts = [ratio(part) for part in time.split()]
    if len(parts) != 3 or None in parts:  # noqa: PLR2004 - hours, minutes, seconds
        # Exiv2 gives a time of IPTC that has no offset as one at +00:00.
        return time.removesuffix("+00:00")
    return ":".join(str(int(part or 0)) for part in parts)
