"""Names of files and folders tell when a photo was taken, in the ways of cameras, phones and messengers."""

from datetime import UTC, datetime

import pytest

from function.metadata.filenames import in_folder, named

MOMENT = datetime(2018, 2, 1, 12, 34, 56)  # noqa: DTZ001 - a name tells no zone
UPLOADED = datetime(2024, 5, 6, tzinfo=UTC)
DAY = datetime(2018, 2, 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    "name",
    [
        "IMG_20180201_123456.jpg",
        "IMG_20180201_123456789_HDR.jpg",
        "MVIMG_20180201_123456.jpg",
        "20180201_123456(1).jpg",
        "Screenshot_20180201-123456_Browser.png",
        "Screenshot 2018-02-01 at 12.34.56.png",
        "Screenshot from 2018-02-01 12-34-56.png",
        "Bildschirmfoto 2018-02-01 um 12.34.56.png",
        "WhatsApp Image 2018-02-01 at 12.34.56 PM.jpeg",
        "signal-2018-02-01-123456.jpg",
        "signal-2018-02-01-12-34-56-789.jpg",
        "2018-02-01 12.34.56-2.jpg",
        "2018-02-01T12:34:56.jpg",
        "DJI_20180201123456_0001_D.DNG",
    ],
)
def test_a_name_tells_the_second(name: str) -> None:
    assert named(f"phone/{name}") == MOMENT


def test_an_afternoon_of_twelve_hours_is_one_of_twenty_four() -> None:
    assert named("Screenshot 2018-02-01 at 1.23.45\u202fPM.png") == DAY.replace(hour=13, minute=23, second=45)
    assert named("WhatsApp Image 2018-02-01 at 12.00.00 AM.jpeg") == DAY


def test_a_pixel_phone_names_its_photos_in_utc() -> None:
    assert named("PXL_20180201_123456789.MP.jpg") == MOMENT.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["IMG-20180201-WA0007.jpg", "2018-02-01.jpg", "VID_20180201_99.jpg", "20180201 scan.tif"]
)
def test_a_name_tells_the_day_alone(name: str) -> None:
    assert named(name) == DAY


@pytest.mark.parametrize(
    "name",
    [
        "DSC_0001.jpg",
        "IMG_20180230_123456.jpg",
        "12345678901234.jpg",
        "19700101_000000.jpg",
        "IMG_20990101_000000.jpg",
        ".",
    ],
)
def test_other_numbers_are_no_date(name: str) -> None:
    assert named(name) is None


def test_the_folder_is_no_part_of_the_name() -> None:
    assert named("2018-02-01/DSC_0001.jpg") is None


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("2018/02/01/a.jpg", (2018, 2, 1)),
        ("album/2018-02-01 Skiing/a.jpg", (2018, 2, 1)),
        ("2018-02 Skiing/a.jpg", (2018, 2, 1)),
        ("2018/Summer/a.jpg", (2018, 1, 1)),
        ("2017/2018-02-03 Skiing/a.jpg", (2018, 2, 3)),
        ("2018-02-03 Skiing/2019/a.jpg", (2018, 2, 3)),
    ],
)
def test_the_folder_that_tells_most_counts(key: str, told: tuple[int, int, int]) -> None:
    assert in_folder(key, UPLOADED) == datetime(*told)  # noqa: DTZ001


@pytest.mark.parametrize(
    "key", ["a.jpg", "2000px/a.jpg", "12018/a.jpg", "2018/02/31/a.jpg", "2099/a.jpg", "album/2018-02-01.jpg"]
)
def test_other_folders_tell_none(key: str) -> None:
    assert in_folder(key, UPLOADED) is None
