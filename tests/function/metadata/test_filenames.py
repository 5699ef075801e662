"""Names of files and folders tell when a photo was taken, in the ways of cameras, phones and messengers."""

from datetime import UTC, datetime

import pytest

from function.metadata.filenames import in_folder, named
from function.values.description import Precision

UPLOADED = datetime(2024, 5, 6, tzinfo=UTC)

# As cameras, phones, scanners, messengers and systems in many languages write them.
SECONDS = [
    ("IMG_20180201_123456.jpg", "2018-02-01T12:34:56"),
    ("IMG_20180201_123456789_HDR.jpg", "2018-02-01T12:34:56"),
    ("20180201_123456(1).jpg", "2018-02-01T12:34:56"),
    ("Screenshot_20180201-123456_Browser.png", "2018-02-01T12:34:56"),
    ("Screenshot 2018-02-01 at 1.23.45\u202fPM.png", "2018-02-01T13:23:45"),
    ("WhatsApp Image 2018-02-01 at 12.00.00 AM.jpeg", "2018-02-01T00:00:00"),
    ("signal-2018-02-01-12-34-56-789.jpg", "2018-02-01T12:34:56"),
    ("DJI_20180201123456_0001_D.DNG", "2018-02-01T12:34:56"),
    ("2018-02-01 12.34.56-2.jpg", "2018-02-01T12:34:56"),
    ("2018-02-01T12:34:56.jpg", "2018-02-01T12:34:56"),
    ("2022-04-06 15 21 03.jpg", "2022-04-06T15:21:03"),
    ("Capture d’écran 2019-07-04 à 10.11.12.png", "2019-07-04T10:11:12"),
    ("Capture d\u2019\u00e9cran 2019-07-04 a\u0300 10.11.12.png", "2019-07-04T10:11:12"),
    ("Schermata 2019-07-04 alle 10.11.12.png", "2019-07-04T10:11:12"),
    ("Captura de pantalla 2019-07-04 a la(s) 10.11.12.png", "2019-07-04T10:11:12"),
    ("Captura de pantalla 2019-07-04 a la(s) 10.11.12 p. m..png", "2019-07-04T22:11:12"),
    ("Skärmavbild 2019-07-04 kl. 10.11.12.png", "2019-07-04T10:11:12"),
    ("Снимок экрана 2019-07-04 в 10.11.12.png", "2019-07-04T10:11:12"),
    ("スクリーンショット 2019-07-04 10.11.12.png", "2019-07-04T10:11:12"),
    ("屏幕快照 2019-07-04 下午3.11.12.png", "2019-07-04T15:11:12"),
    ("截屏2019-07-04 上午10.11.12.png", "2019-07-04T10:11:12"),
    ("Zrzut ekranu 2019-07-4 o 10.11.12.png", "2019-07-04T10:11:12"),
    ("Zrzut ekranu 2019-07-4 o 9.11.12.png", "2019-07-04T09:11:12"),
    ("Näyttökuva 2019-7-4 kello 10.11.12.png", "2019-07-04T10:11:12"),
    ("Captura de Tela 2019-07-04 às 10.11.12.png", "2019-07-04T10:11:12"),
    ("Στιγμιότυπο 2019-07-04, 10.11.12 μ.μ..png", "2019-07-04T22:11:12"),
    ("스크린샷 2019-07-04 오후 10.11.12.png", "2019-07-04T22:11:12"),
    ("Screenshot 2024-01-16 211005.png", "2024-01-16T21:10:05"),
    ("Képernyőfotó 2019-07-04 - 10.11.12.png", "2019-07-04T10:11:12"),
    ("PHOTO-2018-02-01-12-34-56.jpg", "2018-02-01T12:34:56"),
    ("photo_2018-02-01_12-34-56.jpg", "2018-02-01T12:34:56"),
    ("WP_20180201_12_34_56_Pro.jpg", "2018-02-01T12:34:56"),
    ("C360_2018-02-01-12-34-56-789.jpg", "2018-02-01T12:34:56"),
    ("IMG20180201123456.jpg", "2018-02-01T12:34:56"),
    ("img20180201_12345678.jpg", "2018-02-01T12:34:56"),
    ("Screenshot_2018-02-01-12-34-56-789_com.tencent.mm.jpg", "2018-02-01T12:34:56"),
    ("2018年2月1日 12时34分56秒.jpg", "2018-02-01T12:34:56"),
    ("01.02.2018 12.34.56.jpg", "2018-02-01T12:34:56"),
    ("Photo 25-02-2018, 12 34 56.jpg", "2018-02-25T12:34:56"),
    ("Photo Feb 01, 2018, 12 34 56 PM.jpg", "2018-02-01T12:34:56"),
    ("2018-02-01 12h34m56s.jpg", "2018-02-01T12:34:56"),
    ("2018_02_01_12_34_56_001.jpg", "2018-02-01T12:34:56"),
    ("20180201123456_001.jpg", "2018-02-01T12:34:56"),
    ("WhatsApp Image 2018-02-01 at 12.34.56_1a2b3c4d.jpg", "2018-02-01T12:34:56"),
    ("WhatsApp Image 2018-02-01 at 12.34.56 (1).jpeg", "2018-02-01T12:34:56"),
    ("viber_image_2018-02-01_12-34-56.jpg", "2018-02-01T12:34:56"),
    ("Viber image 2018-02-01 , 12-34-56.jpg", "2018-02-01T12:34:56"),
    ("photo_12@04-07-2019_10-11-12.jpg", "2019-07-04T10:11:12"),
    ("photo_1@04-07-2019_10-11-12_thumb.jpg", "2019-07-04T10:11:12"),
    ("CYMERA_20180201_123456.jpg", "2018-02-01T12:34:56"),
    ("Bildschirmfoto 2018-02-01 um 12.34.56.png", "2018-02-01T12:34:56"),
    ("signal-2018-02-01-123456_002.jpeg", "2018-02-01T12:34:56"),
    ("Screen Shot 2018-02-01 at 12.34.56 PM (2).png", "2018-02-01T12:34:56"),
    ("Screenshot from 2018-02-01 12-34-56.png", "2018-02-01T12:34:56"),
    ("Schermafbeelding 2018-02-01 om 12.34.56.png", "2018-02-01T12:34:56"),
    ("IMG_20180201_123456_BURST001_COVER.jpg", "2018-02-01T12:34:56"),
    ("Ekran Resmi 2018-02-01 12.34.56.png", "2018-02-01T12:34:56"),
    ("signal-2018-02-01-12-34-56-789-1.jpg", "2018-02-01T12:34:56"),
    ("2018-02-01 12:34:56.789.jpg", "2018-02-01T12:34:56"),
    ("20180201_123456_HDR_12.jpg", "2018-02-01T12:34:56"),
    ("لقطة الشاشة 2018-02-01 في 3.34.56 م.png", "2018-02-01T15:34:56"),
    ("צילום מסך 2018-02-01 ב-12.34.56.png", "2018-02-01T12:34:56"),
    ("telegram-cloud-photo-size-2-5233-y 2018-02-01 12.34.56.jpg", "2018-02-01T12:34:56"),
    ("Tue 1 Feb 2018 12.34.56.jpg", "2018-02-01T12:34:56"),
    ("IMG_E20180201_123456.jpg", "2018-02-01T12:34:56"),
    ("Screenshot 2018-02-01 9.34.56 AM.png", "2018-02-01T09:34:56"),
    ("2018-02-01 21-34-56 copy.jpg", "2018-02-01T21:34:56"),
    ("20180201-213456-0001.jpg", "2018-02-01T21:34:56"),
    ("Capture d'écran 2024-01-16 211005.png", "2024-01-16T21:10:05"),
    ("DJI_0042_20180201_123456.jpg", "2018-02-01T12:34:56"),
    ("Screenshot_20180201_123456_com.android.chrome.jpg", "2018-02-01T12:34:56"),
    ("Photo 01.02.2018, 12 34 56.jpg", "2018-02-01T12:34:56"),
    ("Снимок экрана от 2018-02-01 12-34-56.png", "2018-02-01T12:34:56"),
    ("Screenshot 2018-02-01 at 12.34.56 p.m..png", "2018-02-01T12:34:56"),
    ("2018-02-01, 12.34.56.jpg", "2018-02-01T12:34:56"),
    ("Screenshot_2018-02-01_12-34-56.png", "2018-02-01T12:34:56"),
    ("Captura de ecrã 2018-02-01, às 12.34.56.png", "2018-02-01T12:34:56"),
    ("2018-02-01@12-34-56.jpg", "2018-02-01T12:34:56"),
    ("MVIMG_20180201_123456.jpg", "2018-02-01T12:34:56"),
]
# In UTC: of Google's Pixel phones, and counts since 1970.
UTC_SECONDS = [
    ("20180201T123456Z.jpg", "2018-02-01T12:34:56+00:00"),
    ("nest 2018-02-01T12-34-56Z.jpg", "2018-02-01T12:34:56+00:00"),
    ("20240116_211005000_iOS.heic", "2024-01-16T21:10:05+00:00"),
    ("Resized_1424441459711.jpeg", "2015-02-20T14:10:59+00:00"),
    ("Screenshot_1562235072.png", "2019-07-04T10:11:12+00:00"),
    ("PXL_20180201_123456789.MP.jpg", "2018-02-01T12:34:56+00:00"),
    ("FB_IMG_1424441459711.jpg", "2015-02-20T14:10:59+00:00"),
    ("mmexport1424441459711.jpg", "2015-02-20T14:10:59+00:00"),
    ("1424441459711.jpg", "2015-02-20T14:10:59+00:00"),
    ("1424441459.jpg", "2015-02-20T14:10:59+00:00"),
    ("IMG_1424441459711.jpg", "2015-02-20T14:10:59+00:00"),
    ("wx_camera_1424441459711.jpg", "2015-02-20T14:10:59+00:00"),
    ("1424441459711(1).jpg", "2015-02-20T14:10:59+00:00"),
]
MINUTES = [
    ("Photo on 02-25-2018 at 12.34 PM #2.jpg", "2018-02-25T12:34:00"),
    ("Scan 2018-02-01 12.34.jpg", "2018-02-01T12:34:00"),
    ("2018-02-01 20.15 Uhr.jpg", "2018-02-01T20:15:00"),
]
DAYS = [
    ("IMG-20180201-WA0007.jpg", "2018-02-01"),
    ("VID_20180201_99.jpg", "2018-02-01"),
    ("20180201 scan.tif", "2018-02-01"),
    ("LINE_ALBUM_20180203_180201_1.jpg", "2018-02-01"),
    ("LINE_ALBUM_Holidays_180201_12.jpg", "2018-02-01"),
    ("WP_20180201_001.jpg", "2018-02-01"),
    ("IMG_20180201_0001.jpg", "2018-02-01"),
    ("2018년 2월 1일.jpg", "2018-02-01"),
    ("01.02.2018.jpg", "2018-02-01"),
    ("1 Feb 2018.jpg", "2018-02-01"),
    ("1st February 2018.jpg", "2018-02-01"),
    ("February 1st, 2018.jpg", "2018-02-01"),
    ("Feb 1, 2018.jpg", "2018-02-01"),
    ("1. Februar 2018.jpg", "2018-02-01"),
    ("1 de febrero de 2018.jpg", "2018-02-01"),
    ("Scan_20180201 (2).png", "2018-02-01"),
    ("2018-02-01.jpg", "2018-02-01"),
    ("2018-02-01_IMG_1234.jpg", "2018-02-01"),
    ("2018-02-01 Birthday 12.jpg", "2018-02-01"),
    ("2018-02-01-0012.jpg", "2018-02-01"),
    ("20180201-IMG_2345.jpg", "2018-02-01"),
    ("2018.02.01 - 15 Party.jpg", "2018-02-01"),
    ("2018-02-01-21-34.jpg", "2018-02-01"),
    ("received_20180201.jpg", "2018-02-01"),
]
PARTS = [
    ("mars 2019.jpg", "2019-03-01", "month"),
    ("03-04-2018.jpg", "2018-01-01", "year"),
    ("04-07-2019 10 11 12.jpg", "2019-01-01", "year"),
    ("1955-06 Holidays.jpg", "1955-06-01", "month"),
]
# Numbers that are no date: counters, telephone numbers, sizes, identifiers, days that no calendar has.
NO_DATES = [
    "04 07 2019 10 11 12.jpg",
    "Marathon 2019.jpg",
    "12 Marathon 2019.jpg",
    "Julia 2018.jpg",
    "1987-1990 Album 03.jpg",
    "isbn_9780201896831.jpg",
    "DSC_0001.jpg",
    "IMG_20180230_123456.jpg",
    "12345678901234.jpg",
    "19700101_000000.jpg",
    "IMG_20990101_000000.jpg",
    ".",
    "IMG_2038.jpg",
    "IMG_2038_1234.jpg",
    "1920x1080.jpg",
    "wallpaper_1920x1080_2018.jpg",
    "received_1234567890123456.jpg",
    "IMG_4915123456789.jpg",
    "+49 151 23456789.jpg",
    "4155551234.jpg",
    "DSC_1955.jpg",
    "IMG_2018.jpg",
    "image 2018 12.jpg",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301.jpg",
    "20180201-4f89-11d3-9a0c-0305e82c3301.jpg",
    "a20180201b3c4d5e6f.jpg",
    "1234567890123.jpg",
    "S__12345678.jpg",
    "20181080x1920.jpg",
    "IMG_19201080.jpg",
    "2018.jpg",
    "0-02-04-abc.jpg",
    "P1010001.jpg",
    "GOPR0001.jpg",
    "GH012018.jpg",
    "IMG_1999.JPG",
    "DSC02019.JPG",
    "IMG_20201301.jpg",
    "2018-13-45.jpg",
    "v2.2018.11.2.jpg",
    "192.168.20.20 2018.jpg",
    "100_2018.jpg",
    "IMG_9223372036854775807.jpg",
    "9780201896831.jpg",
    "2000x1125.jpg",
    "mmexport99.jpg",
    "Snapchat-1234567890.jpg",
    "photo_5235678901234567890_y.jpg",
    "2048x20181201.jpg",
    "XRecorder_01022018_123456.jpg",
]


def read(name: str) -> tuple[str, str] | None:
    found = named(f"phone/{name}")
    return (found.when.isoformat(), found.precision) if found else None


@pytest.mark.parametrize(("name", "when"), [*SECONDS, *UTC_SECONDS])
def test_a_name_tells_the_second(name: str, when: str) -> None:
    assert read(name) == (when, Precision.SECOND)


@pytest.mark.parametrize(("name", "when"), MINUTES)
def test_a_name_tells_the_minute(name: str, when: str) -> None:
    assert read(name) == (when, Precision.MINUTE)


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_a_name_tells_the_day_alone(name: str, day: str) -> None:
    assert read(name) == (f"{day}T00:00:00", Precision.DAY)


@pytest.mark.parametrize(("name", "day", "precision"), PARTS)
def test_a_name_tells_the_year_or_the_month_alone(name: str, day: str, precision: str) -> None:
    assert read(name) == (f"{day}T00:00:00", precision)


@pytest.mark.parametrize("name", NO_DATES)
def test_other_numbers_are_no_date(name: str) -> None:
    assert named(name) is None


def test_the_folder_is_no_part_of_the_name() -> None:
    assert named("2018-02-01/DSC_0001.jpg") is None


@pytest.mark.parametrize(
    ("key", "day", "precision"),
    [
        ("2018/02/01/a.jpg", (2018, 2, 1), Precision.DAY),
        ("album/2018-02-01 Skiing/a.jpg", (2018, 2, 1), Precision.DAY),
        ("2018-02 Skiing/a.jpg", (2018, 2, 1), Precision.MONTH),
        ("2018/Summer/a.jpg", (2018, 1, 1), Precision.YEAR),
        ("2017/2018-02-03 Skiing/a.jpg", (2018, 2, 3), Precision.DAY),
        ("2018-02-03 Skiing/2019/a.jpg", (2018, 2, 3), Precision.DAY),
        ("Photos from 2019/a.jpg", (2019, 1, 1), Precision.YEAR),
        ("July 2019/a.jpg", (2019, 7, 1), Precision.MONTH),
        ("4. Juli 2019/a.jpg", (2019, 7, 4), Precision.DAY),
        ("04.07.2019 Trip/a.jpg", (2019, 7, 4), Precision.DAY),
        ("2019-07-04_10-11-12/a.jpg", (2019, 7, 4), Precision.DAY),
        ("Scans 2015/1955/a.jpg", (1955, 1, 1), Precision.YEAR),
        ("Import 2020-01-02/2019-07-04 Beach/a.jpg", (2019, 7, 4), Precision.DAY),
        ("2015-03/Juni 1955/a.jpg", (1955, 6, 1), Precision.MONTH),
        ("Juni 1955/2015-03/a.jpg", (2015, 3, 1), Precision.MONTH),
    ],
)
def test_the_folder_that_tells_most_counts(key: str, day: tuple[int, int, int], precision: Precision) -> None:
    found = in_folder(key, UPLOADED)
    assert found
    assert (found.when, found.precision) == (datetime(*day), precision)  # noqa: DTZ001


@pytest.mark.parametrize(
    "key",
    [
        "a.jpg",
        "2000px/a.jpg",
        "12018/a.jpg",
        "2018/02/31/a.jpg",
        "2099/a.jpg",
        "album/2018-02-01.jpg",
        "1955-1960/a.jpg",
        "1955 - 1960/a.jpg",
        "1955 \u2013 1960/a.jpg",
        "Nikon D2000/a.jpg",
        "1950s/a.jpg",
    ],
)
def test_other_folders_tell_none(key: str) -> None:
    assert in_folder(key, UPLOADED) is None


@pytest.mark.parametrize("key", ["2024/05/06/a.jpg", "2024/05/05/a.jpg", "2024-05 May/a.jpg", "2024/a.jpg"])
def test_the_inboxs_folder_of_the_upload_is_no_date(key: str) -> None:
    assert in_folder(key, UPLOADED) is None
