"""The time in a photo's name, as cameras, phones and messengers write it, and the date in its folder's."""

import re
from datetime import UTC, datetime

from function.metadata.dates import plausible

YEAR = r"(?<!\d)(?P<year>(?:18|19|20)\d\d)"
DAY = YEAR + r"(?P<between>[-_.]?)(?P<month>\d\d)(?P=between)(?P<day>\d\d)"
# IMG_20180201_123456, PXL_20180201_123456789, 2018-02-01 12.34.56, Screenshot 2018-02-01 at 1.23.45 PM,
# signal-2018-02-01-123456, DJI_20180201123456_0001
CLOCK = r"(?P<hour>\d\d|\d(?=\.))(?P<parting>[-_.:]?)(?P<minute>\d\d)(?P=parting)(?P<second>\d\d)"
MOMENT = re.compile(
    DAY + r"(?:[-_T ]|\s+\w{1,3}\s+)?" + CLOCK + r"(?:[-_.]?\d{3})?(?:\s*(?P<half>[AP]M))?(?!\d)",
    re.ASCII | re.IGNORECASE,
)
# IMG-20180201-WA0007, 2018-02-01
DATE = re.compile(DAY + r"(?!\d)", re.ASCII)
# 2018/02/01, 2018-02-01, 2018-02 Skiing, 2018
FOLDER = re.compile(
    YEAR + r"(?:[-_./ ]?(?P<month>0[1-9]|1[0-2])(?:[-_./ ]?(?P<day>0[1-9]|[12]\d|3[01]))?)?(?![0-9A-Za-z])", re.ASCII
)
# Names that begin so tell UTC.
IN_UTC = "PXL_"


def named(key: str) -> datetime | None:
    """The time that the file's name tells; the start of the day where it tells the day alone."""
    name = key.rpartition("/")[2]
    for pattern in (MOMENT, DATE):
        for found in pattern.finditer(_plain(name)):
            when = _when(found.groupdict())
            if when:
                return when.replace(tzinfo=UTC) if name.startswith(IN_UTC) and pattern is MOMENT else when
    return None


def in_folder(key: str, uploaded: datetime) -> datetime | None:
    """The start of the day, month or year that the names of the file's folders tell: of the one that tells most.

    An upload on that very day, in that month or year, is the better guess.
    """
    found = list(FOLDER.finditer(key.rpartition("/")[0]))
    for date in sorted(found, key=lambda date: (len(_told(date)), date.start()), reverse=True):
        when = _when(date.groupdict())
        if when:
            same = _told(date) == (uploaded.year, uploaded.month, uploaded.day)[: len(_told(date))]
            return uploaded if same else when
    return None


def _told(date: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(part) for part in date.groups() if part)


def _when(parts: dict[str, str | None]) -> datetime | None:
    year, month, day = (int(parts[name] or 1) for name in ("year", "month", "day"))
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half = (parts.get("half") or "").upper()
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    try:
        when = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - a name tells no zone
    except ValueError:
        return None
    return when if plausible(when) else None


def _plain(name: str) -> str:
    # Between time and half of the day stands a space of another kind.
    return name.replace("\u202f", " ").replace("\u00a0", " ")
