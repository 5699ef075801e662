"""Dates are read as far as they are written, and less trusted ones add only what is missing."""

import io
from collections.abc import Mapping, Sequence

import pytest
from PIL import Image, PngImagePlugin

from function.metadata import read
from function.metadata.dates import moment
from function.values import Metadata, Precision
from tests.function.metadata.tagging import tagged
from tests.function.pictures import encoded, quarters

PICTURE = Image.fromarray(quarters())
ORIGINAL, CHANGED = "Exif.Photo.DateTimeOriginal", "Exif.Image.DateTime"
Written = Mapping[str, str | Sequence[str]]


def written(tags: Written) -> Metadata:
    return read(io.BytesIO(tagged(encoded(PICTURE, "JPEG").getvalue(), tags)))


def date(found: Metadata) -> tuple[str, Precision | None] | None:
    return (found.taken.isoformat(), found.taken_precision) if found.taken else None


@pytest.mark.parametrize(
    ("text", "when", "precision"),
    [
        ("1955:00:00 00:00:00", "1955-01-01T00:00:00", Precision.YEAR),
        ("1955:  :     :  :  ", "1955-01-01T00:00:00", Precision.YEAR),
        ("1955", "1955-01-01T00:00:00", Precision.YEAR),
        ("1955-00-00", "1955-01-01T00:00:00", Precision.YEAR),
        ("1970", "1970-01-01T00:00:00", Precision.YEAR),
        ("1955:06:00 00:00:00", "1955-06-01T00:00:00", Precision.MONTH),
        ("1955:06:  ", "1955-06-01T00:00:00", Precision.MONTH),
        ("1955-06", "1955-06-01T00:00:00", Precision.MONTH),
        ("1955-06-12", "1955-06-12T00:00:00", Precision.DAY),
        ("19550612", "1955-06-12T00:00:00", Precision.DAY),
        ("2018:02:01   :  :  ", "2018-02-01T00:00:00", Precision.DAY),
        ("2018:02:01 99:99:99", "2018-02-01T00:00:00", Precision.DAY),
        ("2019-05-04T05:53+02:00", "2019-05-04T05:53:00+02:00", Precision.MINUTE),
        ("2019-05-04T05:53-08:00", "2019-05-04T05:53:00-08:00", Precision.MINUTE),
        ("2018:02:01 12:34:  ", "2018-02-01T12:34:00", Precision.MINUTE),
        ("2018-02-01T12:34:56.25Z", "2018-02-01T12:34:56.250000+00:00", Precision.SECOND),
        ("2018/02/01 12:34:56", "2018-02-01T12:34:56", Precision.SECOND),
        ("2018:02:01T12:34:56+0200", "2018-02-01T12:34:56+02:00", Precision.SECOND),
        ("2018:02:01 24:01:02", "2018-02-01T00:01:02", Precision.SECOND),
        ("2018:02:01 12:34:60", "2018-02-01T12:34:59", Precision.SECOND),
        ("2018:02:01 01:02:03 PM", "2018-02-01T13:02:03", Precision.SECOND),
        ("20180201T123456", "2018-02-01T12:34:56", Precision.SECOND),
        ("2018:02:01 12:34:56\0\0", "2018-02-01T12:34:56", Precision.SECOND),
        ("Tue, 16 Jan 2024 21:10:05 +0100", "2024-01-16T21:10:05+01:00", Precision.SECOND),
        ("Tue Jan 16 21:10:05 2024", "2024-01-16T21:10:05", Precision.SECOND),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text: str, when: str, precision: Precision) -> None:
    found = moment(text)
    assert found
    assert (found.when.isoformat(), found.precision) == (when, precision)


@pytest.mark.parametrize(
    "text",
    [
        *("", "    ", "0000:00:00 00:00:00", "2018:02:30 10:00:00", "2018:13:01 10:00:00", "2999:01:01 00:00:00"),
        *("1904:01:01 00:00:00", "1970:01:01 00:00:00", "2002:12:08 12:00:00", "12/01/2018", "99999", "yesterday"),
    ],
)
def test_other_texts_are_no_date(text: str) -> None:
    assert moment(text) is None


def test_a_year_comes_before_the_time_of_the_last_change() -> None:
    found = written({ORIGINAL: "1955:00:00 00:00:00", CHANGED: "2020:02:02 02:02:02"})
    assert (date(found), found.taken_source) == (("1955-01-01T00:00:00", Precision.YEAR), "exif.original")


def test_a_less_trusted_date_adds_what_it_agrees_with() -> None:
    day = {ORIGINAL: "2018:02:01   :  :  "}
    assert date(written({**day, "Xmp.xmp.CreateDate": "2018-02-01T12:34:56+02:00"})) == (
        "2018-02-01T12:34:56+02:00",
        Precision.SECOND,
    )
    assert date(written({**day, "Xmp.xmp.CreateDate": "2018-02-03T12:34:56"})) == (
        "2018-02-01T00:00:00",
        Precision.DAY,
    )


def test_the_date_of_the_picture_comes_before_that_of_its_scan() -> None:
    found = written({"Exif.Photo.DateTimeDigitized": "2010:02:01 12:34:56", "Xmp.photoshop.DateCreated": "1955-06"})
    assert date(found) == ("1955-06-01T00:00:00", Precision.MONTH)


GPS_DAY, GPS_CLOCK = "Exif.GPSInfo.GPSDateStamp", "Exif.GPSInfo.GPSTimeStamp"


def test_the_satellites_tell_the_offset_of_the_clock() -> None:
    shot = {ORIGINAL: "2018:02:01 12:34:56", GPS_DAY: "2018:02:01"}
    assert date(written({**shot, GPS_CLOCK: "7/1 4/1 50/1"})) == ("2018-02-01T12:34:56+05:30", Precision.SECOND)
    # A fix of an hour and some minutes ago tells none.
    assert date(written({**shot, GPS_CLOCK: "5/1 57/1 50/1"})) == ("2018-02-01T12:34:56", Precision.SECOND)


@pytest.mark.parametrize("clock", ["1955:00:00 00:00:00", "2018:02:01 12:34:56"])
def test_the_satellites_never_come_before_a_clock(clock: str) -> None:
    found = written({ORIGINAL: clock, GPS_DAY: "2001:01:01", GPS_CLOCK: "1/1 2/1 3/1"})
    assert found.taken
    assert (found.taken.year, found.taken_source) == (int(clock[:4]), "exif.original")


def test_the_satellites_come_after_no_clock_or_an_impossible_one() -> None:
    found = written({ORIGINAL: "2018:02:30 12:34:56", GPS_DAY: "2018:02:01", GPS_CLOCK: "1/1 2/1 3/1"})
    assert (date(found), found.taken_source) == (("2018-02-01T01:02:03+00:00", Precision.SECOND), "gps")
    assert written({GPS_DAY: "1980:01:06", GPS_CLOCK: "0/1 0/1 0/1"}).taken is None


@pytest.mark.parametrize("keyword", ["Creation Time", "creation time", "create-date"])
def test_the_text_of_a_png_tells_when_it_was_made(keyword: str) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("date:create", "2001-02-03T04:05:06+00:00")
    words.add_text(keyword, "2024:01:16 21:10:05", zip=keyword.islower())
    found = read(encoded(PICTURE, "PNG", pnginfo=words))
    assert (date(found), found.taken_source) == (("2024-01-16T21:10:05", Precision.SECOND), "png")
