"""What the camera wrote is read from every format, and nonsense is no reading."""

import io
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from function.metadata import read
from function.values.description import Metadata
from local.samples import Dng, write_dng
from tests.support.pictures import encoded, quarters

GPS = ExifTags.GPS
IN_THE_FIRST_DIRECTORY = {"Make", "Model", "Artist", "ImageDescription"}


def exif(**written: Any) -> Image.Exif:
    """EXIF with these tags, named as in the standard; gps is a dictionary of GPS tags."""
    made = Image.Exif()
    gps = written.pop("gps", {})
    for name, value in written.items():
        directory: Any = made if name in IN_THE_FIRST_DIRECTORY else made.get_ifd(ExifTags.IFD.Exif)
        directory[ExifTags.Base[name].value] = value
    if gps:
        made.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    return made


def written(kind: str = "JPEG", **tags: Any) -> Metadata:
    return read(encoded(Image.fromarray(quarters()), kind, exif=exif(**tags)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_camera_and_its_settings_are_read_from_every_format(kind: str) -> None:
    found = written(
        kind,
        Make="Maker ",
        Model="Model 1",
        LensModel="50 mm",
        ExposureTime=IFDRational(1, 250),
        FNumber=IFDRational(28, 10),
        ISOSpeedRatings=400,
        FocalLength=IFDRational(50),
        Artist="Somebody",
        ImageDescription='"><img src=x>',
    )
    assert (found.make, found.model, found.lens) == ("Maker", "Model 1", "50 mm")
    assert (found.exposure, found.aperture, found.iso, found.focal_length) == ("1/250", 2.8, 400, 50.0)
    assert (found.artist, found.caption) == ("Somebody", '"><img src=x>')


def test_an_avif_tells_when_it_was_taken() -> None:
    made = exif(DateTimeOriginal="2024:05:06 07:08:09").tobytes()
    found = read(encoded(Image.fromarray(quarters()), "AVIF", exif=made))
    assert found.taken == datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001


def test_a_raw_tells_when_it_was_taken(tmp_path: Path) -> None:
    taken = datetime(2024, 5, 6, 7, 8, 9, tzinfo=timezone(timedelta(hours=-3)))
    write_dng(tmp_path / "a.dng", quarters(), Dng(taken))
    assert read(io.BytesIO((tmp_path / "a.dng").read_bytes())).taken == taken


def test_the_offset_and_the_fraction_belong_to_the_moment() -> None:
    found = written(DateTimeOriginal="2024:05:06 07:08:09", OffsetTimeOriginal="+05:30", SubsecTimeOriginal="25")
    assert found.taken == datetime(2024, 5, 6, 7, 8, 9, 250_000, timezone(timedelta(hours=5, minutes=30)))


@pytest.mark.parametrize(
    "nonsense",
    [
        "0000:00:00 00:00:00",
        "1904:01:01 00:00:00",
        "1970:01:01 00:00:00",
        "2018:02:30 10:00:00",
        "    ",
        "2999:01:01 00:00:00",
    ],
)
def test_what_is_no_date_gives_way_to_the_next(nonsense: str) -> None:
    assert written(DateTimeOriginal=nonsense).taken is None
    found = written(DateTimeOriginal=nonsense, DateTimeDigitized="2020:01:02 03:04:05")
    assert found.taken == datetime(2020, 1, 2, 3, 4, 5)  # noqa: DTZ001


def test_at_last_the_time_of_the_gps_counts() -> None:
    gps = {GPS.GPSDateStamp: "2021:03:04", GPS.GPSTimeStamp: (5.0, 6.0, 7.0)}
    assert written(gps=gps).taken == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.mark.parametrize(("north", "east", "signs"), [("N", "E", (1, 1)), ("S", "W", (-1, -1))])
def test_places_are_decimal_degrees_with_their_sign(north: str, east: str, signs: tuple[int, int]) -> None:
    gps = {
        GPS.GPSLatitudeRef: north,
        GPS.GPSLatitude: (46.0, 30.0, 36.0),
        GPS.GPSLongitudeRef: east,
        GPS.GPSLongitude: (11.0, 15.0, 0.0),
    }
    found = written(gps=gps)
    assert found.latitude == pytest.approx(46.51 * signs[0])
    assert found.longitude == pytest.approx(11.25 * signs[1])


def test_a_place_beyond_the_poles_is_none() -> None:
    assert written(gps={GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (146.0, 0.0, 0.0)}).latitude is None


@pytest.mark.parametrize("tag", ["FNumber", "ExposureTime", "FocalLength"])
def test_a_zero_says_nothing(tag: str) -> None:
    zero: dict[str, Any] = {tag: IFDRational(0, 1)}
    assert written(**zero) == Metadata()


def test_long_text_is_bounded() -> None:
    found = written(ImageDescription="x" * 10_000)
    assert found.caption
    assert len(found.caption) == 500


@pytest.mark.parametrize(
    "content", [b"", b"text", b"\xff\xd8\xff\xe1\xff\xff", b"II*\x00\xff\xff\xff\xff", b"RIFF\x00\x00"]
)
def test_no_file_makes_it_fail(content: bytes) -> None:
    assert read(io.BytesIO(content)) == Metadata()
