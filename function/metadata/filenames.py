"""Reads the time in a photo's name, as cameras, phones, scanners and messengers of many languages write it."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

from function.metadata.dates import assembled, plausible
from function.metadata.moments import KNOWN_PARTS, Moment, clock_parts
from function.metadata.words import AFTERNOON, MONTH_OF, MORNING, PLAIN
from function.values.description import Precision

NAME, FOLDER = "name", "folder"
Parts = dict[str, str | None]

HALF = "|".join(map(re.escape, sorted(MORNING + AFTERNOON, key=len, reverse=True)))
YEAR = r"(?P<year>(?:18|19|20)\d\d)"
# 20180201, 2018-02-01, 2018_2_1, 2018.02.01, 2018 02 01, 2018年2月1日, 2018년 2월 1일; no part of a longer number,
# and no width and height; nor a year that belongs to the day and month before it, as in 04-07-2019 10 11 12
NO_DAY_BEFORE = r"(?<![0-3]\d[-_./ ][0-3]\d[-_./ ])(?<!\d[-./]\d[-./])"
YMD = (
    rf"(?<![\d.,xX×]){NO_DAY_BEFORE}{YEAR}"
    r"(?:(?P<apart>[-_. ])(?P<month>\d{1,2})(?P=apart)(?P<day>\d{1,2})(?!\d)"
    r"|\s?[年년]\s?(?P<month_>\d{1,2})\s?[月월]\s?(?P<day_>\d{1,2})\s?[日일]?"
    r"|(?P<month__>\d\d)(?P<day__>\d\d))"
)
# 01.02.2018, 1-2-2018: whether day or month comes first is settled below
DMY = rf"(?<![\d.,xX×])(?P<first>\d{{1,2}})(?P<apart>[-_./])(?P<second_>\d{{1,2}})(?P=apart){YEAR}(?!\d)"
# 1 Feb 2018, 1. Februar 2018, 1st February 2018, Feb 1, 2018, February 1st, 2018
LETTERS, ORDINAL = r"[^\W\d_]", "(?:st|nd|rd|th)?"
DAY_MONTH = (
    rf"(?<!\d)(?P<day>\d{{1,2}}){ORDINAL}[-_. ]{{1,2}}(?:de )?"
    rf"(?P<word>{LETTERS}{{3,12}})[-_., ]{{1,4}}(?:de )?{YEAR}(?!\d)"
)
MONTH_DAY = (
    rf"(?<!{LETTERS})(?P<word>{LETTERS}{{3,12}})[-_. ]{{1,2}}(?P<day>\d{{1,2}}){ORDINAL}[-_, ]{{1,3}}{YEAR}(?!\d)"
)
# 12.34.56, 12-34-56, 12.34 (behind a minus or a blank may stand a counter), 12h34m56s, 12時34分56秒, 12 34 56; with AM
# or PM in any language before or after
APART = (
    r"(?P<hour>\d{1,2})\s?(?:(?P<parting>[-_.: ])(?P<minute>\d\d)(?P=parting)(?P<second>\d\d)"
    r"|[.:](?P<minute___>\d\d)(?![-_.:]?\d)"
    r"|[hH時时시点點]\s?(?P<minute_>\d\d)(?:\s?[mM'分분]\s?(?P<second___>\d\d)\s?[sS秒초\"]?)?)"
)
# 123456, and with hundredths or thousandths: 123456789
TOGETHER = r"(?P<hour_>\d\d)(?P<minute__>\d\d)(?P<second____>\d\d)(?:\d{2,3})?"
AFTER = rf"(?:[-_.]?\d{{1,3}})?(?:\s?(?P<half_>{HALF})(?!{LETTERS})|(?P<utc>Z)(?!{LETTERS}))?(?!\d)"
BEFORE = rf"(?:(?P<half>{HALF})\s?)?"
# Between a day and a time whose parts stand apart may stand any words: at, um, à, kl., alle, a la(s), в.
WORDS = r"(?:[-_T,@]|[^\d]{0,24}?[\s\-,_(@])"
CLOCK = rf"(?:{WORDS}?{BEFORE}{APART}|[-_T ]{{0,3}}{TOGETHER}){AFTER}"

FLAGS = re.IGNORECASE
# LINE's albums: the name of the album, which may hold a day too, then year, month and day in two digits each.
LINE = re.compile(r"LINE_ALBUM_.*_(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)_\d+")
# Telegram's exports: a number, then the day before the month in every language.
TELEGRAM = re.compile(r"(?:photo|video|sticker)_\d+@(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>\d{4})_(?P<time>[\d-]{8})")
# 1955-06 Holidays: a month at the very beginning, with words behind it.
# July 2019, juillet de 2019
MONTH_OF_A_YEAR = re.compile(
    rf"(?<!{LETTERS})(?P<word>{LETTERS}{{3,12}})[-_.,' ]{{1,2}}(?:de )?{YEAR}(?!\d)",
    FLAGS,
)
MONTH = re.compile(rf"{YEAR}[-_.](?P<month>0[1-9]|1[0-2])[-_ ]+(?={LETTERS}{{2}})")
# Digits that are no date: identifiers in hexadecimal.
IDENTIFIER = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-z])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{16,}(?![0-9a-z])",
    FLAGS,
)
# Milliseconds since 1970: alone, or behind a word (FB_IMG_, mmexport, Resized_). Seconds: alone, or a screenshot's.
MILLISECONDS = re.compile(rf"(?:^|(?:^|[-_ ]){LETTERS}{{2,20}}[-_ ]?)(?P<count>\d{{13}})(?!\d)(?![-_]\d{{6}})", FLAGS)
SECONDS = re.compile(r"(?:Screenshot[-_ ])?(?P<count>1\d{9})(?:[-_ ]?\(?\d{1,3}\)?)?\.\w+$", FLAGS)
# Since when phones have named photos so, and counts that hands type.
EARLIEST_COUNT = datetime(2001, 9, 9, tzinfo=UTC)
TYPED = {"1234567890", "1234567890123"}
# Google's Pixel phones write UTC, and so does OneDrive for iPhones.
IN_UTC = re.compile(r"PXL_|\d{8}_\d{9}_iOS\b")

# 2018/02/01, 2018-02-01, 2018-02 Skiing, 2018; no years from one to another, as 1955-1960; no model, as D2000
NO_RANGE = r"(?<!\d{4}[-_])(?<!\d{4} [-_] )(?<!\d{4}_[-_]_)"
IN_FOLDERS = re.compile(
    rf"(?<!\d)(?<!(?<![A-Za-z])[A-Za-z]){NO_RANGE}{YEAR}"
    r"(?:[-_./ ]?(?P<month>0[1-9]|1[0-2])(?:[-_./ ]?(?P<day>0[1-9]|[12]\d|3[01]))?)?"
    r"(?![0-9A-Za-z])(?! ?[-_] ?(?:18|19|20)?\d\d(?!\d))",
    re.ASCII,
)
LAST_MONTH = 12


def named(key: str) -> Moment | None:
    """The time that the file's name tells, as precisely as it does; None where it tells none."""
    name = unicodedata.normalize("NFC", key.rpartition("/")[2]).translate(PLAIN)
    plain = IDENTIFIER.sub(" ", name)
    return next((found for way in WAYS for found in way(plain)), None)


def in_folder(key: str, uploaded: datetime) -> Moment | None:
    """The day, month or year that the names of the file's folders tell: of the one that tells most, the innermost.

    None where it is that of the upload: the inbox lays photos without a date into such folders.
    """
    folders = unicodedata.normalize("NFC", key.rpartition("/")[0]).translate(PLAIN)
    found = list(_of_folders(folders))
    if not found:
        return None
    best = max(found, key=lambda at: (KNOWN_PARTS[at[1].precision], at[0]))[1]
    days = (uploaded, uploaded - timedelta(days=1))
    parts = clock_parts(best.when, best.precision)
    return None if parts in [clock_parts(day, best.precision) for day in days] else best


def _of_folders(folders: str) -> Iterator[tuple[int, Moment]]:
    """Each date that folders tell, behind its place in the path: the innermost has the highest."""
    for date in IN_FOLDERS.finditer(folders):
        if moment := assembled(date.groupdict()):
            yield date.end(), Moment(moment.when, FOLDER, moment.precision)
    end = 0
    for name in folders.split("/"):
        end += len(name) + 1
        for moment in (*_dated(name), *_in_a_month(name)):
            day = min(moment.precision, Precision.DAY, key=lambda known: KNOWN_PARTS[known])
            yield end - 1, Moment(moment.when.replace(hour=0, minute=0, second=0, tzinfo=None), FOLDER, day)


def _in_a_month(name: str) -> Iterator[Moment]:
    for found in MONTH_OF_A_YEAR.finditer(name):
        if month := MONTH_OF.get(found["word"].casefold()):
            yield from _moments({"year": found["year"], "month": month})


def _line(name: str) -> Iterator[Moment]:
    if found := LINE.match(name):
        yield from _moments({**found.groupdict(), "year": f"20{found['year']}"})


def _telegram(name: str) -> Iterator[Moment]:
    if found := TELEGRAM.match(name):
        clock = dict(zip(("hour", "minute", "second"), found["time"].split("-"), strict=False))
        yield from _moments({**found.groupdict(), **clock})


def _counted(name: str) -> Iterator[Moment]:
    for pattern, per_second in ((MILLISECONDS, 1000), (SECONDS, 1)):
        found = pattern.search(name) if pattern is MILLISECONDS else pattern.match(name)
        if found and found["count"] not in TYPED:
            when = datetime.fromtimestamp(int(found["count"]) // per_second, UTC)
            if when >= EARLIEST_COUNT and plausible(when):
                yield Moment(when, NAME, is_utc=True)


def _dated(name: str) -> Iterator[Moment]:
    is_utc = bool(IN_UTC.match(name))
    for patterns in _patterns():
        for pattern in patterns:
            for found in pattern.finditer(name):
                parts = _plain(found.groupdict())
                for moment in _moments(parts):
                    in_utc = (is_utc or bool(parts.get("utc"))) and moment.precision == Precision.SECOND
                    when = moment.when.replace(tzinfo=UTC) if in_utc else moment.when
                    yield Moment(when, NAME, moment.precision, in_utc)


def _month(name: str) -> Iterator[Moment]:
    if found := MONTH.match(name):
        yield from _moments(found.groupdict())
    yield from _in_a_month(name)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Each kind of date with a time of day behind it, then without; compiled for the first photo without a date."""
    return tuple(
        (re.compile(date + CLOCK, FLAGS), re.compile(date + r"(?!\d)(?![xX×]\d)", FLAGS))
        for date in (YMD, DMY, DAY_MONTH, MONTH_DAY)
    )


def _moments(parts: Parts) -> Iterator[Moment]:
    if (parts.get("month"), parts.get("day")) != ("0", "0") and (moment := assembled(parts)):
        yield Moment(moment.when, NAME, moment.precision)


def _plain(groups: Parts) -> Parts:
    """The parts of a date by their names, whichever alternative of the pattern they stood in."""
    parts: Parts = {}
    for name, value in groups.items():
        parts.setdefault(name.rstrip("_") if name != "second_" else name, None)
        if value is not None:
            parts[name.rstrip("_") if name != "second_" else name] = value
    if parts.get("first"):
        parts |= _in_order(parts)
    if word := parts.get("word"):
        parts["month"] = MONTH_OF.get(word.casefold())
        parts["year"] = parts["year"] if parts["month"] else None  # another word than a month
    parts["half"] = _half((parts.get("half") or "").casefold())
    return parts


def _in_order(parts: Parts) -> Parts:
    """Day and month of two numbers: with points the day comes first; else the month is known where one is none.

    03-04-2018 is the third of April or the fourth of March: its year alone is certain.
    """
    first, second = parts["first"] or "", parts["second_"] or ""
    if parts["apart"] == "." or int(first) > LAST_MONTH or first == second:
        return {"day": first, "month": second}
    if int(second) > LAST_MONTH:
        return {"day": second, "month": first}
    return {"day": None, "month": None}


def _half(word: str) -> str | None:
    return None if not word else "p" if word in AFTERNOON else "a"


WAYS: tuple[Callable[[str], Iterator[Moment]], ...] = (_line, _telegram, _dated, _counted, _month)
