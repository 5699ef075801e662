"""What the owner wrote into a photo, in EXIF, IPTC or XMP, is read from every format that holds it."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone

import pytest
from PIL import Image

from function.metadata import read
from function.metadata.reading import LONGEST_KEYWORD, MOST_KEYWORDS
from function.values import Metadata
from tests.function.metadata.tagging import bag, sidecar, tagged
from tests.function.pictures import encoded, heif, jxl, quarters

PICTURE = Image.fromarray(quarters())
CLOCK = datetime(2018, 2, 1, 12, 34, 56)  # noqa: DTZ001 - a camera's clock
WRITTEN = {
    "Xmp.dc.title": "lang=x-default A title",
    "Xmp.dc.description": "lang=x-default A caption",
    "Xmp.dc.subject": ("snow", "ski"),
    "Xmp.xmp.Rating": "4",
}


def written(tags: Mapping[str, str | Sequence[str]], kind: str = "JPEG") -> Metadata:
    return read(io.BytesIO(tagged(encoded(PICTURE, kind).getvalue(), tags)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_title_caption_keywords_and_rating_are_read(kind: str) -> None:
    found = written(WRITTEN, kind)
    assert (found.title, found.caption, found.keywords, found.rating) == ("A title", "A caption", ("snow", "ski"), 4)


@pytest.mark.parametrize("place", ["in a HEIC", "in a JPEG XL", "at the end of a GIF"])
def test_the_words_are_found_wherever_a_container_holds_them(place: str) -> None:
    xmp = sidecar('xmp:Rating="4"', bag("snow"))
    photo = {
        "in a HEIC": heif(quarters(), xmp=xmp),
        "in a JPEG XL": jxl(quarters(), xmp=xmp),
        "at the end of a GIF": io.BytesIO(encoded(PICTURE, "GIF").getvalue() + xmp),
    }[place]
    assert (read(photo).rating, read(photo).keywords) == (4, ("snow",))


def test_older_programs_write_iptc() -> None:
    found = written(
        {
            "Iptc.Application2.ObjectName": "A title",
            "Iptc.Application2.Caption": "A caption",
            "Iptc.Application2.Keywords": ("snow", "ski"),
            "Iptc.Application2.City": "Bolzano",
            "Iptc.Application2.DateCreated": "2018-02-01",
            "Iptc.Application2.TimeCreated": "12:34:56+02:00",
        }
    )
    assert (found.title, found.caption, found.keywords, found.city) == (
        "A title",
        "A caption",
        ("snow", "ski"),
        "Bolzano",
    )
    assert (found.taken, found.taken_source) == (CLOCK.replace(tzinfo=timezone(timedelta(hours=2))), "iptc")


def test_a_time_of_iptc_without_an_offset_has_none() -> None:
    found = written({"Iptc.Application2.DateCreated": "2018-02-01", "Iptc.Application2.TimeCreated": "12:34:56"})
    assert found.taken == CLOCK


@pytest.mark.parametrize(
    ("tag", "date"), [("Iptc.Application2.DateCreated", "2018-02-01"), ("Xmp.photoshop.DateCreated", "2018-02-01")]
)
def test_a_day_without_a_time_begins_at_midnight(tag: str, date: str) -> None:
    assert written({tag: date}).taken == CLOCK.replace(hour=0, minute=0, second=0)


def test_a_day_of_the_satellites_alone_may_be_another_there() -> None:
    assert written({"Exif.GPSInfo.GPSDateStamp": "2018:02:01"}).taken is None


def test_windows_writes_keywords_as_one_text() -> None:
    utf_16 = " ".join(map(str, "snow; Größe\0".encode("utf-16-le")))
    assert written({"Exif.Image.XPKeywords": utf_16}).keywords == ("snow", "Größe")


def test_every_keyword_counts_once() -> None:
    tags: dict[str, str | Sequence[str]] = {
        "Xmp.dc.subject": ("snow", "ski"),
        "Iptc.Application2.Keywords": ("ski", "sun"),
    }
    assert written(tags).keywords == ("snow", "ski", "sun")


def test_keywords_are_bounded() -> None:
    found = written({"Xmp.dc.subject": tuple(f"{number} {'x' * 200}" for number in range(300))}, "PNG").keywords
    assert len(found) == MOST_KEYWORDS
    assert {len(word) for word in found} == {LONGEST_KEYWORD}


@pytest.mark.parametrize("rating", ["-2", "6", "many", "1e9999999", "1/0"])
def test_other_ratings_are_none(rating: str) -> None:
    assert written({"Xmp.xmp.Rating": rating}).rating is None


def test_a_rejected_photo_is_rated_below_none() -> None:
    assert written({"Xmp.xmp.Rating": "-1"}).rating == -1


def test_what_the_camera_says_of_every_photo_is_no_caption() -> None:
    assert written({"Exif.Image.ImageDescription": "OLYMPUS DIGITAL CAMERA"}).caption is None


def test_text_in_no_unicode_is_read_as_latin() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Größe".encode("latin-1")
    assert read(encoded(PICTURE, "JPEG", exif=exif)).artist == "Größe"


def test_what_says_the_same_second_lends_its_offset() -> None:
    tags: dict[str, str | Sequence[str]] = {
        "Exif.Photo.DateTimeOriginal": "2018:02:01 12:34:56",
        "Xmp.photoshop.DateCreated": "2018-02-01T12:34:56.25-04:00",
    }
    found = written(tags)
    assert (found.taken, found.taken_source) == (CLOCK.replace(tzinfo=timezone(timedelta(hours=-4))), "exif.original")
    tags["Xmp.photoshop.DateCreated"] = "2018-02-01T12:34:57-04:00"
    assert written(tags).taken == CLOCK


def test_the_offset_of_a_change_in_the_second_of_the_shot_is_the_shots() -> None:
    tags = {
        "Exif.Photo.DateTimeOriginal": "2018:02:01 12:34:56",
        "Exif.Image.DateTime": "2018:02:01 12:34:56",
        "Exif.Photo.OffsetTime": "+02:00",
    }
    assert written(tags).taken == CLOCK.replace(tzinfo=timezone(timedelta(hours=2)))


def test_the_last_change_is_the_last_to_tell_the_time() -> None:
    tags: dict[str, str | Sequence[str]] = {"Exif.Image.DateTime": "2018:02:01 12:34:56"}
    assert written(tags).taken_source == "exif.modified"
    assert written({**tags, "Xmp.xmp.CreateDate": "2017-02-01T12:34:56"}).taken_source == "xmp.created"


def test_no_fix_is_no_place() -> None:
    zero = "0/1 0/1 0/1"
    found = written({"Exif.GPSInfo.GPSLatitude": zero, "Exif.GPSInfo.GPSLongitude": zero})
    assert (found.latitude, found.longitude) == (None, None)


def test_what_came_before_the_break_of_a_file_counts() -> None:
    content = tagged(encoded(PICTURE, "JPEG").getvalue(), {"Exif.Image.Make": "Maker"})
    assert read(io.BytesIO(content[: content.index(b"\xff\xdb") + 10])).make == "Maker"


def test_a_tag_of_many_megabytes_is_passed_over() -> None:
    # As layered TIFFs hold their layers in one.
    exif = Image.Exif()
    exif[0x010F], exif[0x010E] = "Maker", "x" * 3_000_000
    found = read(encoded(PICTURE, "TIFF", exif=exif))
    assert (found.make, found.caption) == ("Maker", None)
