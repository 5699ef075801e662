"""Reads when a photo was taken from its tags: the most trusted date, completed by the others that agree with it."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from function.metadata.converters import ratio
from function.metadata.moments import KNOWN_PARTS, Moment, completed
from function.metadata.tags import Tags
from function.values.description import Precision

ORIGINAL, DIGITIZED, GPS = "exif.original", "exif.digitized", "gps"
XMP, XMP_CREATED, IPTC, PNG, QUICKTIME = "xmp", "xmp.created", "iptc", "png", "quicktime"
# Dates of a file's last change, which may be an edit years later: they never complete another date.
MODIFIED = "exif.modified"
# The sources that write UTC, wherever the camera is.
UTC_SOURCES = {GPS, QUICKTIME}


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


# The most trusted first: the camera's own clock, other dates of the shot, of its digitizing, of satellites, of files.
WRITTEN = (
    _photo(ORIGINAL, "Original"),
    Written(ORIGINAL, "Exif.Image.DateTimeOriginal"),
    Written(XMP, "Xmp.exif.DateTimeOriginal", "", "Xmp.exif.OffsetTimeOriginal"),
    Written(XMP, "Xmp.photoshop.DateCreated"),
    Written(IPTC, "Iptc.Application2.DateCreated", "Iptc.Application2.TimeCreated"),
    _photo(DIGITIZED, "Digitized"),
    Written(XMP_CREATED, "Xmp.exif.DateTimeDigitized"),
    Written(XMP_CREATED, "Xmp.xmp.CreateDate"),
    Written(IPTC, "Iptc.Application2.DigitizationDate", "Iptc.Application2.DigitizationTime"),
    Written(GPS, "Exif.GPSInfo.GPSDateStamp", "Exif.GPSInfo.GPSTimeStamp"),
    Written(GPS, "Xmp.exif.GPSTimeStamp"),
    Written(PNG, "Png.CreationTime"),
    Written(QUICKTIME, "QuickTime.CreateDate"),
    Written(MODIFIED, "Exif.Image.DateTime", "", "Exif.Photo.OffsetTime", "Exif.Photo.SubSecTime"),
    Written(MODIFIED, "Png.ModifyTime"),
)

# 2018:02:01, 2018-2-1, 1955, 1955-06, "1955:  :  ", 20180201
DATE = r"(?P<year>\d{4})(?:[:/.-](?P<month>\s\s|\s?\d{1,2})(?:[:/.-](?P<day>\s\s|\s?\d{1,2}))?|(?P<compact>\d{4}))?"
CLOCK = (
    r"(?P<hour>\s\s|\d{1,2})(?P<between>[:.-]?)(?P<minute>\s\s|\d{2})(?:(?P=between)(?P<second>\s\s|\d{2}))?"
    r"(?:[.,](?P<fraction>\d+))?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
)
ZONE = r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?"
MOMENT = re.compile(rf"\s*{DATE}(?:(?:[T\s]|:(?=\d\d:\d\d)){{1,2}}{CLOCK}{ZONE})?[\s:]*(?![\d:])", re.ASCII)
COMPACT = re.compile(rf"\s*(?P<year>\d{{4}})(?P<compact>\d{{4}}){CLOCK}{ZONE}\s*$", re.ASCII)
WORDS = re.compile(r"[A-Za-z]{3}.*\d{4}")
OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)?", re.ASCII)
# The first photograph is of 1826.
EARLIEST = datetime(1826, 1, 1)  # noqa: DTZ001 - it is compared with a camera's clock
# The first days of computers' calendars, and the moment that many Android phones wrote into every photo.
UNSET_DAYS = {(1904, 1, 1), (1970, 1, 1)}
UNSET_MOMENTS = {(2002, 12, 8, 12, 0, 0)}
# What receivers and Apple's programs write in UTC without a fix: the first day of GPS, and of Cocoa's calendar.
UNSET_UTC = {datetime(1980, 1, 6, tzinfo=UTC), datetime(2001, 1, 1, tzinfo=UTC)}
FARTHEST = timedelta(hours=15)
LAST_HOUR, LAST_MINUTE, LAST_SECOND = 23, 59, 59


def written(tags: Tags) -> Moment | None:
    """The moment of the shot on the clock of the place, completed by dates that agree; None where no date is written.

    A time of satellites can be years old where the receiver had no fix: it is the moment only without another date.
    """
    found = [moment for entry in WRITTEN if (moment := _moment_of(tags, entry))]
    if not found:
        return None
    best = found[0]
    for other in found[1:]:
        # A file that was changed in the second of the shot is the camera's own: its offset is the shot's.
        if other.source != MODIFIED or best.precision == other.precision == Precision.SECOND:
            best = completed(best, other)
    return best


def _moment_of(tags: Tags, entry: Written) -> Moment | None:
    date, clock, offset, fraction = (next(iter(tags.get(name, ())), "") for name in entry[1:])
    if entry.source == GPS and entry.clock and not clock:
        return None  # a day in UTC alone may be another day at the place
    found = moment(f"{date} {_clock(clock)}" if entry.clock else date, offset.strip(), fraction.strip())
    if not found or (entry.source == GPS and KNOWN_PARTS[found.precision] <= KNOWN_PARTS[Precision.DAY]):
        return None
    is_utc = entry.source in UTC_SOURCES
    when = found.when.replace(tzinfo=found.when.tzinfo or UTC) if is_utc else found.when
    if is_utc and when in UNSET_UTC:
        return None
    return Moment(when, entry.source, found.precision, is_utc)


def moment(text: str, offset: str = "", fraction: str = "") -> Moment | None:
    """A date as EXIF, XMP, IPTC or PNG write it, with the precision that is written; None where it cannot be true."""
    cleaned = text.partition("\0")[0]
    parts = COMPACT.match(cleaned) or MOMENT.match(cleaned)
    if not parts:
        return _in_words(cleaned)
    known = {"month": None, "day": None, **parts.groupdict()}
    if known["compact"]:
        known["month"], known["day"] = known["compact"][:2], known["compact"][2:]
    found = assembled(known)
    if not found or found.precision != Precision.SECOND:
        return _in_zone(found, known["zone"] or offset)
    digits = known["fraction"] or fraction
    if digits.isascii() and digits.isdigit():
        found = Moment(found.when.replace(microsecond=int(digits[:6].ljust(6, "0"))), "")
    return _in_zone(found, known["zone"] or offset)


def assembled(parts: dict[str, str | None]) -> Moment | None:
    """The moment of these numbers as text, as precise as they go: zeros and blanks are unknown.

    None for a day that no calendar has; a time of day that no clock shows is unknown.
    """
    year, month, day = (int((parts.get(name) or "").strip() or 0) for name in ("year", "month", "day"))
    precision = Precision.DAY if month and day else Precision.MONTH if month else Precision.YEAR
    clock = _time_of_day(parts) if precision == Precision.DAY else None
    if clock:
        precision = Precision.MINUTE if clock[2] is None else Precision.SECOND
    hour, minute, second = clock or (0, 0, 0)
    try:
        when = datetime(year, month or 1, day or 1, hour, minute, second or 0)  # noqa: DTZ001 - a camera's clock
    except ValueError:
        return None
    return Moment(when, "", precision) if plausible(when, precision) else None


def _time_of_day(parts: dict[str, str | None]) -> tuple[int, int, int | None] | None:
    texts = [(parts.get(name) or "").strip() for name in ("hour", "minute", "second")]
    if not texts[0] or not texts[1]:
        return None
    hour, minute, second = int(texts[0]), int(texts[1]), int(texts[2]) if texts[2] else None
    half = (parts.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour == LAST_HOUR + 1:
        hour = 0  # phones that count the hours of the day from 1 to 24
    if hour > LAST_HOUR or minute > LAST_MINUTE or (second or 0) > LAST_SECOND + 1:
        return None
    return hour, minute, None if second is None else min(second, LAST_SECOND)


def plausible(found: datetime, precision: Precision = Precision.SECOND) -> bool:
    """Check whether a photo can have been taken then, on any clock; the start of a computer's calendar is no date."""
    # A clock may be a day ahead of ours without being wrong.
    latest = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
    if not EARLIEST <= found.replace(tzinfo=None) <= latest:
        return False
    parts = (found.year, found.month, found.day, found.hour, found.minute, found.second)
    is_day = KNOWN_PARTS[precision] >= KNOWN_PARTS[Precision.DAY]
    return not (is_day and (parts[:3] in UNSET_DAYS or parts in UNSET_MOMENTS))


def _in_words(text: str) -> Moment | None:
    """A date as mail and C write it: `Tue, 16 Jan 2024 21:10:05 +0000`, `Tue Jan 16 21:10:05 2024`."""
    if not WORDS.search(text):
        return None
    # It costs a start some milliseconds, and hardly any photo has such a date.
    from email.utils import parsedate_to_datetime

    for read in (parsedate_to_datetime, lambda text: datetime.strptime(text, "%a %b %d %H:%M:%S %Y")):  # noqa: DTZ007
        try:
            when = read(text.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return Moment(when, "") if plausible(when) else None
    return None


def _in_zone(found: Moment | None, offset: str) -> Moment | None:
    if not found or KNOWN_PARTS[found.precision] <= KNOWN_PARTS[Precision.DAY]:
        return found
    return Moment(found.when.replace(tzinfo=_zone(offset)), found.source, found.precision)


def _zone(offset: str) -> timezone | None:
    parts = OFFSET.fullmatch(offset)
    if not parts:
        return UTC if offset in ("Z", "UTC", "GMT") else None
    sign, hours, minutes = parts.groups()
    away = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(away if sign == "+" else -away) if away < FARTHEST else None


def _clock(time: str) -> str:
    """A time of day: the GPS's three fractions as text, IPTC's as it is."""
    parts = [ratio(part) for part in time.split()]
    if len(parts) != 3 or None in parts:  # noqa: PLR2004 - hours, minutes, seconds
        # Exiv2 gives a time of IPTC that has no offset as one at +00:00.
        return time.removesuffix("+00:00")
    return ":".join(f"{int(part or 0):02}" for part in parts)
