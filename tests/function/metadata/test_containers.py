"""One part of a container with a bad length costs nothing else, and XMP in many segments is put together."""

import hashlib
import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from function.metadata import read
from function.metadata import tags as module
from function.metadata.pruning import pruned
from function.values.description import Metadata
from tests.support.pictures import encoded, heif, jxl, quarters
from tests.support.tagging import bag, sidecar, tagged

PICTURE = Image.fromarray(quarters())
TAGS = {
    "Exif.Image.Make": "Maker",
    "Exif.Photo.DateTimeOriginal": "2018:02:01 12:34:56",
    "Exif.Photo.FNumber": "28/10",
    "Exif.GPSInfo.GPSLatitude": "46/1 30/1 36/1",
    "Exif.GPSInfo.GPSLongitude": "11/1 15/1 0/1",
    "Xmp.dc.title": "lang=x-default A title",
}


def tiff() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8769)[0x9003] = "2018:02:01 12:34:56"
    return exif.tobytes().removeprefix(b"Exif\0\0")


def told(content: bytes) -> tuple[str | None, str | None]:
    found = read(io.BytesIO(content))
    return found.make, found.title


@pytest.mark.parametrize("length", [2, 5, 60, 200, 60_000])
def test_a_segment_of_a_jpeg_with_a_bad_length_costs_no_other(length: int) -> None:
    content = tagged(encoded(PICTURE, "JPEG").getvalue(), TAGS)
    assert told(content[:2] + b"\xff\xe2" + length.to_bytes(2) + b"x" * 50 + content[2:]) == ("Maker", "A title")


@pytest.mark.parametrize("length", [3, 1_000_000, 0xFFFFFFFF])
def test_a_chunk_of_a_png_with_a_bad_length_costs_no_other(length: int) -> None:
    content = tagged(encoded(PICTURE, "PNG").getvalue(), TAGS)
    at = content.index(b"IHDR") + 4 + 13 + 4
    assert told(content[:at] + length.to_bytes(4) + b"iCCP" + b"x" * 20 + content[at:]) == ("Maker", "A title")


def webp(*chunks: tuple[bytes, int, bytes]) -> bytes:
    """A WebP of these chunks: each its kind, the length that it states, and its bytes."""
    body = b"WEBP" + b"".join(kind + size.to_bytes(4, "little") + content for kind, size, content in chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


@pytest.mark.parametrize("stated", [7, 8, 400, 0xFFFFFFF0])
@pytest.mark.parametrize("prefix", [b"", b"Exif\0\0"])
def test_a_profile_of_a_webp_with_a_bad_length_costs_no_other(stated: int, prefix: bytes) -> None:
    block = prefix + tiff()
    content = webp(
        (b"VP8X", 10, b"\x28" + bytes(9)),
        (b"ICCP", stated, bytes(8)),
        (b"EXIF", len(block), block + bytes(len(block) % 2)),
    )
    assert read(io.BytesIO(content)).make == "Maker"


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


@pytest.mark.parametrize("prefix", [b"", b"\0\0\0\0", b"\0\0\0\6Exif\0\0"])
@pytest.mark.parametrize("brand", [b"heic", b"avif", b"mif1", b"miaf", b"mif3", b"hevs", b"avio", b"????"])
def test_the_item_of_a_heif_is_found_whatever_stands_before_its_exif(prefix: bytes, brand: bytes) -> None:
    # A property that ends in the midst of the next one is nothing to Exiv2.
    item = prefix + tiff()
    head = box(b"ftyp", brand + bytes(4) + b"mif1")
    broken = box(b"iprp", box(b"ipco", struct.pack(">I", 500) + b"colrprof"))
    info = box(b"iinf", bytes(4) + b"\0\1" + box(b"infe", b"\2\0\0\1" + b"\0\2\0\0Exif\0"))

    def meta(place: int) -> bytes:
        extent = struct.pack(">HHHII", 2, 0, 1, place, len(item))
        handler = box(b"hdlr", bytes(8) + b"pict" + bytes(13))
        return box(b"meta", bytes(4) + handler + box(b"iloc", bytes(4) + b"\x44\0" + b"\0\1" + extent) + info + broken)

    place = len(head) + len(meta(0)) + 8
    found = read(io.BytesIO(head + meta(place) + box(b"mdat", item)))
    assert (found.make, found.taken_source) == ("Maker", "exif.original")


@pytest.mark.parametrize("drawn", [heif, jxl])
def test_boxes_are_read_where_exiv2_reads_none(drawn: object, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = drawn(quarters(), exif=b"Exif\0\0" + tiff(), xmp=sidecar('xmp:Rating="4"'))  # type: ignore[operator]
    blind(monkeypatch)
    assert (read(photo).make, read(photo).rating) == ("Maker", 4)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_container_is_read_where_exiv2_reads_none(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tagged(encoded(PICTURE, kind).getvalue(), TAGS)
    seen = read(io.BytesIO(content))
    blind(monkeypatch)
    assert read(io.BytesIO(content)) == seen != Metadata()


def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Exiv2 read no container, and no EXIF either."""
    read_by_exiv2 = module.tags_of
    monkeypatch.setattr(
        module, "tags_of", lambda content, wanted: read_by_exiv2(content, wanted) if content[:1] == b"<" else {}
    )


def test_iptc_is_found_beside_a_broken_segment() -> None:
    content = tagged(encoded(PICTURE, "JPEG").getvalue(), {"Iptc.Application2.City": "Bolzano"})
    assert read(io.BytesIO(content[:2] + b"\xff\xe2\xff\xff" + b"x" * 50 + content[2:])).city == "Bolzano"


def test_a_big_tiff_tells_its_camera() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    made = io.BytesIO()
    PICTURE.save(made, "TIFF", exif=exif, big_tiff=True)
    assert made.getvalue()[2] == 43
    assert read(made).make == "Maker"


def test_a_profile_that_is_written_as_text_is_exif() -> None:
    block = b"Exif\0\0" + tiff()
    words = PngImagePlugin.PngInfo()
    words.add_text("Raw profile type APP1", f"\ngeneric\n{len(block):8}\n{block.hex()}\n", zip=True)
    assert read(encoded(PICTURE, "PNG", pnginfo=words)).make == "Maker"


def test_the_words_of_a_png_are_its_title_and_its_caption() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Title", "A title")
    words.add_itxt("Description", "Größe")
    found = read(encoded(PICTURE, "PNG", pnginfo=words))
    assert (found.title, found.caption) == ("A title", "Größe")


def test_a_time_of_xmp_alone_is_not_moved_to_utc() -> None:
    photo = encoded(PICTURE, "GIF").getvalue() + sidecar('xmp:CreateDate="2018-02-01T16:14:14-07:00"')
    taken = read(io.BytesIO(photo)).taken
    assert taken
    assert taken.isoformat() == "2018-02-01T16:14:14-07:00"


SIGNATURE = b"http://ns.adobe.com/xap/1.0/\0"
EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"


def segment(content: bytes) -> bytes:
    return b"\xff\xe1" + (len(content) + 2).to_bytes(2) + content


def with_extension(packet: bytes, extension: bytes, *, backwards: bool = False) -> bytes:
    name = hashlib.md5(extension, usedforsecurity=False).hexdigest().upper().encode()
    size, step = len(extension).to_bytes(4), 30_000
    parts = [
        segment(EXTENSION + name + size + at.to_bytes(4) + extension[at : at + step])
        for at in range(0, len(extension), step)
    ]
    content = encoded(PICTURE, "JPEG").getvalue()
    main = segment(SIGNATURE + packet.replace(b"NAME", name))
    return content[:2] + main + b"".join(reversed(parts) if backwards else parts) + content[2:]


NOTE = 'xmp:Rating="4" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="NAME"'


@pytest.mark.parametrize("backwards", [False, True])
def test_extended_xmp_is_put_together(backwards: bool) -> None:
    extension = sidecar('photoshop:City="Bolzano"', bag("snow", *(f"{number} {'x' * 80}" for number in range(900))))
    found = read(io.BytesIO(with_extension(sidecar(NOTE), extension, backwards=backwards)))
    assert (found.rating, found.city, found.keywords[0]) == (4, "Bolzano", "snow")


def test_extended_xmp_that_is_not_whole_or_anothers_is_none() -> None:
    content = with_extension(sidecar(NOTE), sidecar('photoshop:City="Bolzano"'))
    assert read(io.BytesIO(content.replace(b"NAME", b"0" * 32))).city == "Bolzano"
    other = with_extension(sidecar(NOTE.replace("NAME", "0" * 32)), sidecar('photoshop:City="Bolzano"'))
    found = read(io.BytesIO(other))
    assert (found.rating, found.city) == (4, None)


def test_what_nobody_reads_is_pruned() -> None:
    masks = '<m:masks xmlns:m="http://masks/"><m:a><rdf:Seq/></m:a></m:masks>' + f"<!--{'x' * 100}-->"
    packet = sidecar('xmp:Rating="4" xmlns:m="http://masks/" m:history="1"', masks + bag("a &amp; &lt;b>"))
    made = pruned(packet[packet.index(b"<x:") :])
    assert b"mask" not in made
    assert b"xxx" not in made
    assert b'xmp:Rating="4"' in made
    assert b"a &amp; &lt;b&gt;" in made


def test_a_bomb_of_a_png_is_bounded() -> None:
    content = encoded(PICTURE, "PNG").getvalue()
    packed = b"Raw profile type exif\0\0" + zlib.compress(bytes(200 << 20), 9)
    chunk = len(packed).to_bytes(4) + b"zTXt" + packed + zlib.crc32(b"zTXt" + packed).to_bytes(4)
    at = content.index(b"IDAT") - 4
    assert read(io.BytesIO(content[:at] + chunk + content[at:])) == Metadata()


@pytest.mark.parametrize("place", [1 << 62, (1 << 63) - 1, 1 << 63, (1 << 64) - 1])
def test_a_big_tiff_may_name_any_place(place: int) -> None:
    header = b"II+\0\x08\0\0\0"
    assert read(io.BytesIO(header + place.to_bytes(8, "little"))) == Metadata()
    make = struct.pack("<HHQQ", 0x010F, 2, 100, place)
    assert read(io.BytesIO(header + struct.pack("<QQ", 16, 1) + make + struct.pack("<Q", place))) == Metadata()
