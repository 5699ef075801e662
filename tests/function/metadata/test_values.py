"""Numbers with all bits set, a camera's own words and odd encodings are not shown as facts."""

import io
from collections.abc import Mapping, Sequence

import pytest
from PIL import Image

from function.metadata import read
from function.metadata.automatic import is_automatic
from function.metadata.converters import exposure, number, stars
from function.metadata.gps import altitude
from function.values.description import Metadata
from tests.support.pictures import encoded, quarters
from tests.support.tagging import tagged

PICTURE = Image.fromarray(quarters())


def written(tags: Mapping[str, str | Sequence[str]]) -> Metadata:
    return read(io.BytesIO(tagged(encoded(PICTURE, "JPEG").getvalue(), tags)))


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        *(("1/250", "1/250"), ("1/4", "1/4"), ("10/2500", "1/250"), ("0.004", "1/250"), ("1.0E-3", "1/1000")),
        *(("1/3", "0.3"), ("333/1000", "0.3"), ("0.333", "0.3"), ("3/10", "0.3"), ("1/2", "0.5"), ("10/13", "0.8")),
        *(("1/1", "1"), ("25/10", "2.5"), ("30/1", "30"), ("1234/1", "1234"), ("123456/100", "1234.6")),
    ],
)
def test_an_exposure_is_written_as_cameras_show_it(time: str, shown: str) -> None:
    assert exposure(time) == shown


@pytest.mark.parametrize("time", ["0/0", "0/1", "1/0", "-1/250", "4294967295/1", "4294967295/4294967295", "", "inf"])
def test_other_exposures_are_none(time: str) -> None:
    assert exposure(time) is None


@pytest.mark.parametrize("unset", ["4294967295", "65535", "65535/65535", "4294967295/4294967295", "0/0", "1e30"])
def test_a_number_with_all_bits_set_is_none(unset: str) -> None:
    assert number(unset) is None


@pytest.mark.parametrize(
    ("metres", "reference", "shown"),
    [
        *(("635/10", "0", 63.5), ("4/1", "1", -4.0), ("4/1", "3", -4.0), ("8848/1", "0", 8848.0), ("0/1", "0", 0.0)),
        *(("4294967295/1", "0", None), ("4294967295/1000", "0", None), ("0/0", "0", None), ("1/0", "0", None)),
        *(("4294967295/4294967295", "0", None), ("999999/1", "1", None)),
    ],
)
def test_an_altitude_is_one_where_a_camera_can_be(metres: str, reference: str, shown: float | None) -> None:
    assert altitude({"Exif.GPSInfo.GPSAltitude": (metres,), "Exif.GPSInfo.GPSAltitudeRef": (reference,)}) == shown
    in_xmp = {"Xmp.exif.GPSAltitude": (metres,), "Xmp.exif.GPSAltitudeRef": (reference,)}
    assert altitude(in_xmp) == shown


CAMERAS_WORDS = [
    *("OLYMPUS DIGITAL CAMERA", "MINOLTA DIGITAL CAMERA", "SAMSUNG DIGITAL CAMERA", "KODAK Digital Still Camera"),
    *("POLAROID DIGITAL CAMERA", "Konica Minolta Digital Camera", "SAMSUNG CAMERA PICTURES", "SAMSUNG", "SONY DSC"),
    *(
        "Exif_JPEG_PICTURE",
        "EXIF_JPEG_T422",
        "JPEG_PICTURE",
        "<KENOX S630  / Samsung S630>".replace("KENOX", "Samsung"),
    ),
    *("DCIM\\100MEDIA\\DJI_0042.JPG", "DCIM/100GOPRO/G0010001.JPG", "C:\\DCIM\\101NIKON\\DSCN0001.JPG", "cof", "oznor"),
    *("rptnb", "ptfbty", "oznorWB", "fznor", "Digital StillCamera", "<KENOX S630  / Samsung S630>", "Exif JPEG", "DJI"),
    *("filter: 0; fileterIntensity: 0.0; filterMask: 0;", "Processed with VSCO with a6 preset", "User comments"),
    *("hdrpl", "sdr", "dav", "edf", "mde", "oplus_32", "IMG_0001", "DSC_0001.JPG", "100_0001", "Digital Camera", " - "),
    *("Untitled", "default", "ACME DIGITAL CAMERA", "Screenshot", "Created with GIMP", "LG Camera Phone"),
]


@pytest.mark.parametrize("text", CAMERAS_WORDS)
def test_what_cameras_write_by_themselves_is_no_caption(text: str) -> None:
    assert is_automatic(text)
    assert written({"Exif.Image.ImageDescription": text}).caption is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "My digital camera",
            "Ann with her new camera",
            "Samsung at the fair",
            "Image of the year",
            "Picture",
            "Apple",
        ),
        *(
            "Krk",
            "smrk",
            "rhythm",
            "Filter: none",
            "Processed with love",
            "JPEG of a cat",
            "❤",
            "!",
            "Paris",
            "DCIM",
            "Cof in the rain",
            "IMG",
            "2018",
            "Nora",
            "Untitled No. 5",
        ),
    ],
)
def test_what_somebody_wrote_is_a_caption(text: str) -> None:
    assert not is_automatic(text)


def test_quotes_and_the_euro_of_windows_are_what_they_were() -> None:
    exif = Image.Exif()
    exif[0x013B] = "It’s “fine” – 5 €".encode("cp1252")
    assert read(encoded(PICTURE, "JPEG", exif=exif)).artist == "It’s “fine” – 5 €"


@pytest.mark.parametrize(
    ("comment", "caption"),
    [
        (b"UNICODE\0" + "Größe ☃".encode("utf-16-be"), "Größe ☃"),
        (b"ASCII\0\0\0A caption\0\0\0", "A caption"),
        (b"ASCII\0\0\0" + b" " * 40, None),
        (b"ASCII\0\0\0" + b'{"hdr":"off"}', None),
        (bytes(8) + bytes(40), None),
        (b"ASCII\0\0\0Screenshot", None),
    ],
)
def test_a_comment_is_a_caption_where_somebody_wrote_it(comment: bytes, caption: str | None) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = comment
    as_bytes = encoded(PICTURE, "JPEG", exif=exif).getvalue()
    assert read(io.BytesIO(as_bytes)).caption == caption
    # Its type is to be undefined, which is 7; some programs write bytes, which are 1.
    undefined = as_bytes.replace(b"\x92\x86\0\1", b"\x92\x86\0\7").replace(b"\x86\x92\1\0", b"\x86\x92\7\0")
    assert undefined != as_bytes
    assert read(io.BytesIO(undefined)).caption == caption


@pytest.mark.parametrize(("percent", "shown"), [("0", 0), ("1", 1), ("25", 2), ("50", 3), ("75", 4), ("99", 5)])
def test_windows_rates_in_percent(percent: str, shown: int) -> None:
    assert stars(percent) == shown


@pytest.mark.parametrize("lens", ["----", "0.0 mm f/0.0", "Unknown", "65535", "None", " "])
def test_a_camera_that_does_not_know_its_lens_has_none(lens: str) -> None:
    assert written({"Exif.Photo.LensModel": lens}).lens is None


@pytest.mark.parametrize(
    "tags",
    [
        {"Xmp.lr.hierarchicalSubject": ("Places|Italy|Rome",)},
        {"Xmp.digiKam.TagsList": ("Places/Italy/Rome",)},
        {"Xmp.MicrosoftPhoto.LastKeywordXMP": ("Places/Italy/Rome",)},
        {"Xmp.mediapro.CatalogSets": ("Places|Italy|Rome",)},
        {"Xmp.dc.subject": ("Rome",), "Xmp.lr.hierarchicalSubject": ("Places|Italy|Rome",)},
    ],
)
def test_a_keyword_that_is_written_as_a_path_counts(tags: Mapping[str, Sequence[str]]) -> None:
    assert written(tags).keywords == ("Rome",)
