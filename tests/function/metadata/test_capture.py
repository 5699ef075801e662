"""When a photo was taken: whom to believe, and on whose clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from function.metadata import taken
from function.metadata.capture import CONFIDENCE, UPLOAD
from function.metadata.dates import WRITTEN
from function.metadata.filenames import FOLDER, NAME
from function.values import Confidence, Metadata, Precision

CLOCK = datetime(2018, 7, 1, 23, 30)  # noqa: DTZ001 - a camera's clock
UPLOADED = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
BOLZANO = Metadata(latitude=46.5, longitude=11.35)
NAMED = "2018-07-02/IMG_20180703_101112.jpg"


def hours(offset: float) -> timezone:
    return timezone(timedelta(hours=offset))


def test_what_is_written_inside_comes_before_every_name() -> None:
    told = taken(Metadata(taken=CLOCK, taken_source="exif.original"), NAMED, UPLOADED)
    assert (told.when, told.source, told.confidence) == (CLOCK, "exif.original", Confidence.HIGH)


def test_a_written_offset_stays_wherever_the_place_lies() -> None:
    when = CLOCK.replace(tzinfo=hours(-7))
    told = taken(replace(BOLZANO, taken=when, taken_source="exif.original"), NAMED, UPLOADED)
    assert told.when.isoformat() == "2018-07-01T23:30:00-07:00"


@pytest.mark.parametrize(("month", "offset"), [(7, "+02:00"), (1, "+01:00")])
def test_a_clock_without_an_offset_is_that_of_the_place(month: int, offset: str) -> None:
    told = taken(replace(BOLZANO, taken=CLOCK.replace(month=month), taken_source="exif.original"), NAMED, UPLOADED)
    assert told.when.isoformat() == f"2018-0{month}-01T23:30:00{offset}"


def test_the_satellites_time_falls_on_the_day_of_the_place() -> None:
    tokyo = Metadata(taken=CLOCK.replace(tzinfo=UTC), taken_source="gps", latitude=35.68, longitude=139.69)
    assert taken(tokyo, "a.jpg", UPLOADED).when.isoformat() == "2018-07-02T08:30:00+09:00"


def test_a_name_in_utc_falls_on_the_day_of_the_place() -> None:
    told = taken(BOLZANO, "PXL_20180701_233000000.jpg", UPLOADED)
    assert (told.when.isoformat(), told.source) == ("2018-07-02T01:30:00+02:00", "name")


def test_a_place_at_sea_has_a_clock_too() -> None:
    told = taken(Metadata(taken=CLOCK, taken_source="exif.original", latitude=30.0, longitude=-40.0), "a.jpg", UPLOADED)
    assert told.when.utcoffset() == timedelta(hours=-3)


def test_names_come_before_folders_and_folders_before_the_last_change() -> None:
    changed = Metadata(taken=CLOCK, taken_source="exif.modified")
    assert [taken(changed, key, UPLOADED).source for key in (NAMED, "2018-07-02/a.jpg", "a.jpg")] == [
        "name",
        "folder",
        "exif.modified",
    ]


@pytest.mark.parametrize("folder", ["2024/05/06", "2024-05 May", "2024"])
def test_a_folder_of_the_uploads_time_says_no_more_than_the_upload(folder: str) -> None:
    assert taken(Metadata(), f"{folder}/a.jpg", UPLOADED).when == UPLOADED


def test_at_last_the_upload_counts() -> None:
    told = taken(BOLZANO, "album/a.jpg", UPLOADED)
    assert (told.when, told.source, told.confidence, told.is_known) == (UPLOADED, "upload", Confidence.LOW, False)


def test_a_partial_date_stays_partial_wherever_the_place_lies() -> None:
    written = replace(BOLZANO, taken=datetime(1955, 1, 1), taken_source="xmp", taken_precision=Precision.YEAR)  # noqa: DTZ001
    told = taken(written, NAMED, UPLOADED)
    assert (told.when.isoformat(), told.precision) == ("1955-01-01T00:00:00", Precision.YEAR)


def test_the_inboxs_folder_makes_no_day_of_a_year() -> None:
    year = Metadata(taken=datetime(1955, 1, 1), taken_source="xmp", taken_precision=Precision.YEAR)  # noqa: DTZ001
    assert taken(year, "1955/01/01/a.jpg", UPLOADED).precision == Precision.YEAR
    own = taken(year, "1955/06/12/a.jpg", UPLOADED)
    assert (own.when.isoformat(), own.precision) == ("1955-06-12T00:00:00", Precision.DAY)


def test_a_name_of_the_same_day_adds_the_time_that_the_file_lacks() -> None:
    day = Metadata(taken=CLOCK.replace(day=3, hour=0, minute=0), taken_source="exif.original")
    told = taken(replace(day, taken_precision=Precision.DAY), NAMED, UPLOADED)
    assert (told.when.isoformat(), told.source) == ("2018-07-03T10:11:12", "exif.original")
    other = taken(replace(day, taken=CLOCK, taken_precision=Precision.DAY), NAMED, UPLOADED)
    assert (other.when, other.precision) == (CLOCK, Precision.DAY)


def test_every_source_has_its_confidence() -> None:
    assert {*(entry.source for entry in WRITTEN), NAME, FOLDER, UPLOAD} == set(CONFIDENCE)
