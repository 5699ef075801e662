"""Sidecars in the shapes of the programs that write them tell what their owners said there."""

from collections.abc import Callable

import pytest

from function.metadata import merged, read_sidecar
from function.values import Metadata, Precision

RDF = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" {spaces} {attributes}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>'
)
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "darktable": "http://darktable.sf.net/",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/",
    "MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0/",
    "MP": "http://ns.microsoft.com/photo/1.2/",
    "MPRI": "http://ns.microsoft.com/photo/1.2/t/RegionInfo#",
    "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
    "stArea": "http://ns.adobe.com/xmp/sType/Area#",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}


def packet(attributes: str = "", inside: str = "") -> bytes:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    return RDF.format(spaces=spaces, attributes=attributes, inside=inside).encode()


def bag(name: str, *words: str) -> str:
    return f"<{name}><rdf:Bag>{''.join(f'<rdf:li>{word}</rdf:li>' for word in words)}</rdf:Bag></{name}>"


def test_apple_photos() -> None:
    found = read_sidecar(
        packet(
            "",
            "<exif:GPSLatitude>47.25</exif:GPSLatitude><exif:GPSLatitudeRef>S</exif:GPSLatitudeRef>"
            "<exif:GPSLongitude>122.5</exif:GPSLongitude><exif:GPSLongitudeRef>W</exif:GPSLongitudeRef>"
            "<exif:GPSAltitude>63.5</exif:GPSAltitude><exif:GPSTimeStamp>2001-01-01T00:00:00Z</exif:GPSTimeStamp>"
            "<dc:title>A garden</dc:title><photoshop:DateCreated>2019-02-25T04:19:21-08:00</photoshop:DateCreated>"
            + bag("Iptc4xmpExt:PersonInImage", "Ann", "Bob"),
        )
    )
    assert (found.latitude, found.longitude, found.altitude) == (-47.25, -122.5, 63.5)
    assert found.taken
    assert (found.taken.isoformat(), found.taken_source) == ("2019-02-25T04:19:21-08:00", "xmp")
    assert (found.title, found.people) == ("A garden", ("Ann", "Bob"))


def test_a_last_fix_of_the_satellites_is_no_date_beside_the_cameras() -> None:
    fix = read_sidecar(packet('exif:GPSTimeStamp="2019-01-01T08:00:00Z"'))
    assert fix.taken_source == "gps"
    camera = read_sidecar(packet('exif:DateTimeOriginal="2019-02-25T04:19:21"'))
    assert merged(camera, fix).taken == camera.taken
    assert read_sidecar(packet('exif:GPSTimeStamp="2001-01-01T00:00:00Z"')).taken is None


def test_lightroom() -> None:
    attributes = (
        'xmp:Rating="4" xmp:Label="Red" crs:Exposure2012="+0.50" photoshop:City="Bolzano" exif:GPSLatitude="46,30.6N" '
        'exif:GPSLongitude="11,15.25E" exif:DateTimeOriginal="2018-02-01T12:34:56.78" xmp:ModifyDate="2020-01-01T00:00"'
    )
    found = read_sidecar(packet(attributes, bag("lr:hierarchicalSubject", "Places|Italy|Rome", "snow")))
    assert (found.rating, found.city, found.keywords) == (4, "Bolzano", ("Rome", "snow"))
    assert found.latitude == 46.51
    assert found.longitude == pytest.approx(11.2541667)
    assert found.taken
    assert found.taken.isoformat() == "2018-02-01T12:34:56.780000"


def test_darktable() -> None:
    history = (
        "<darktable:history><rdf:Seq>" + '<rdf:li darktable:params="gz12"/>' * 3 + "</rdf:Seq></darktable:history>"
    )
    attributes = 'xmp:Rating="-1" exif:DateTimeOriginal="2018:02:01 12:34:56.000" darktable:xmp_version="5"'
    found = read_sidecar(packet(attributes, history + bag("lr:hierarchicalSubject", "people|Ann")))
    assert (found.rating, found.keywords) == (-1, ("Ann",))
    assert found.taken
    assert found.taken.isoformat() == "2018-02-01T12:34:56"


def test_digikam() -> None:
    region = (
        "<mwg-rs:Regions rdf:parseType='Resource'><mwg-rs:RegionList><rdf:Bag>"
        "<rdf:li><rdf:Description mwg-rs:Name='Ann' mwg-rs:Type='Face'><mwg-rs:Area stArea:x='0.5'/></rdf:Description>"
        "</rdf:li><rdf:li><rdf:Description mwg-rs:Name='Rex' mwg-rs:Type='Pet'/></rdf:li>"
        "<rdf:li><rdf:Description mwg-rs:Name='Bob' mwg-rs:Type='Face'/></rdf:li>"
        "</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"
    )
    tags = "<digiKam:TagsList><rdf:Seq><rdf:li>Places/Italy/Rome</rdf:li></rdf:Seq></digiKam:TagsList>"
    found = read_sidecar(packet('xmp:CreateDate="2018-02-01T12:34:56"', region + tags))
    assert (found.people, found.keywords, found.taken_source) == (("Ann", "Bob"), ("Rome",), "xmp.created")


def test_windows() -> None:
    region = (
        "<MP:RegionInfo rdf:parseType='Resource'><MPRI:Regions><rdf:Bag><rdf:li rdf:parseType='Resource'>"
        "<MPReg:PersonDisplayName>Ann</MPReg:PersonDisplayName><MPReg:Rectangle>0.1, 0.1, 0.2, 0.2</MPReg:Rectangle>"
        "</rdf:li></rdf:Bag></MPRI:Regions></MP:RegionInfo>"
    )
    words = bag("MicrosoftPhoto:LastKeywordXMP", "Places/Rome")
    found = read_sidecar(packet('MicrosoftPhoto:Rating="75" MicrosoftPhoto:DateAcquired="2020-01-01"', region + words))
    assert (found.people, found.keywords, found.rating, found.taken) == (("Ann",), ("Rome",), 4, None)


def test_capture_one_and_xnview() -> None:
    attributes = 'xmp:Rating="0" xmp:Label="Green" photoshop:DateCreated="2018-02-01T12:34+02:00"'
    place = "<Iptc4xmpCore:Location>Oltrisarco</Iptc4xmpCore:Location>"
    found = read_sidecar(
        packet(attributes, place + bag("dc:subject", "snow") + bag("lr:hierarchicalSubject", "a|snow"))
    )
    assert (found.rating, found.quarter, found.keywords) == (0, "Oltrisarco", ("snow",))
    assert (found.taken_precision, found.taken and found.taken.isoformat()) == (
        Precision.MINUTE,
        "2018-02-01T12:34:00+02:00",
    )


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("46,30.6N", "11,15W"),
        ("46,30,36N", "11,15,0W"),
        ("46.51", "-11.25"),
        ("46.51N", "11.25W"),
        ("+46.51", "-11.25"),
        ("46.51 N", "11.25 W"),
    ],
)
def test_coordinates_are_written_in_many_ways(latitude: str, longitude: str) -> None:
    found = read_sidecar(packet(f'exif:GPSLatitude="{latitude}" exif:GPSLongitude="{longitude}"'))
    assert found.latitude == pytest.approx(46.51)
    assert found.longitude == pytest.approx(-11.25)


@pytest.mark.parametrize("latitude", ["91", "46,70N", "north", "", "46;30N", "4294967295", "1e9999"])
def test_other_coordinates_are_none(latitude: str) -> None:
    found = read_sidecar(packet(f'exif:GPSLatitude="{latitude}" exif:GPSLongitude="11,15W"'))
    assert (found.latitude, found.longitude) == (None, None)


MASK = '<rdf:li crs:a="1">b</rdf:li>'
PADDINGS: dict[str, Callable[[int], bytes]] = {
    "a comment": lambda size: packet('xmp:Rating="4"', f"<!--{'x' * size}-->"),
    "masks": lambda size: packet(
        'xmp:Rating="4"', f"<crs:Masks><rdf:Seq>{MASK * (size // len(MASK))}</rdf:Seq></crs:Masks>"
    ),
    "an attribute": lambda size: packet(f'xmp:Rating="4" darktable:history="{"x" * size}"'),
    "depth": lambda size: packet('xmp:Rating="4"', "<a>" * (size // 100) + "</a>" * (size // 100)),
    "blanks": lambda size: b" " * size + packet('xmp:Rating="4"') + b" " * 1000,
}


@pytest.mark.parametrize("padding", PADDINGS)
def test_a_sidecar_of_megabytes_is_read(padding: str) -> None:
    assert read_sidecar(PADDINGS[padding](1_200_000)).rating == 4
    assert read_sidecar(PADDINGS[padding](15_000_000)).rating == 4


def test_a_sidecar_above_16_megabytes_tells_nothing() -> None:
    assert read_sidecar(PADDINGS["a comment"](17_000_000)) == Metadata()


def test_an_old_programs_packet_without_its_envelope_is_read() -> None:
    content = packet('xmp:Rating="4"')
    bare = content[content.index(b"<rdf:RDF") : content.index(b"</x:xmpmeta>")]
    assert read_sidecar(b"<?xml version='1.0'?>\n" + bare).rating == 4


@pytest.mark.parametrize("year", ["1955", "1955-06"])
def test_a_partial_date_of_the_owner_goes_over_the_scanners(year: str) -> None:
    scan = read_sidecar(packet('exif:DateTimeOriginal="2010-02-01T12:34:56"'))
    found = merged(scan, read_sidecar(packet(f'photoshop:DateCreated="{year}"')))
    assert found.taken
    assert (found.taken.year, found.taken_precision) == (1955, Precision.MONTH if "-" in year else Precision.YEAR)


def test_a_day_of_the_owner_keeps_the_cameras_time_of_that_day() -> None:
    camera = read_sidecar(packet('exif:DateTimeOriginal="2018-02-01T12:34:56"'))
    found = merged(camera, read_sidecar(packet('photoshop:DateCreated="2018-02-01"')))
    assert (found.taken, found.taken_precision) == (camera.taken, Precision.SECOND)
