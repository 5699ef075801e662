"""No more of a file is handed to the reader of metadata than it needs, and no format that it needs not know."""

import io
from typing import Any

import pytest
from PIL import Image

from function.metadata import read
from function.metadata import slices as module
from function.metadata.slices import metadata_bytes
from function.values.description import Metadata
from tests.support.pictures import encoded, heif, psd, quarters
from tests.support.raws import dng, jpeg, raf
from tests.support.tagging import tagged

PICTURE = Image.fromarray(quarters())


class Counted(io.BytesIO):
    """Counts the bytes that are read of it."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


def test_of_a_jpeg_only_what_comes_before_the_picture_is_read() -> None:
    content = tagged(encoded(PICTURE, "JPEG").getvalue(), {"Exif.Image.Make": "Maker"})
    photo = Counted(content + bytes(1_000_000))
    assert read(photo).make == "Maker"
    assert photo.taken < len(content) + 500


def test_padding_between_a_jpegs_segments_is_passed_over() -> None:
    content = tagged(encoded(PICTURE, "JPEG").getvalue(), {"Exif.Image.Make": "Maker"})
    photo = Counted(content[:2] + b"\xff" * 3 + content[2:] + bytes(1_000_000))
    assert read(photo).make == "Maker"
    assert photo.taken < len(content) + 500


@pytest.mark.parametrize(
    "photo",
    [encoded(PICTURE, kind) for kind in ("PNG", "WEBP", "AVIF", "GIF")] + [heif(quarters()), psd(quarters())],
)
def test_formats_with_metadata_are_handed_whole(photo: io.BytesIO) -> None:
    assert metadata_bytes(photo) == photo.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"<?xml version='1.0'?><x:xmpmeta>",
        b"\x1aE\xdf\xa3 a video",
        b"\x00\x00\x00\x18ftypisom a video",
        b"RIFF\x00\x00\x00\x00AVI LIST",
        b"\xff\x0a a bare stream of JPEG XL",
    ],
)
def test_other_formats_are_handed_to_nobody(content: bytes) -> None:
    assert metadata_bytes(io.BytesIO(content)) is None


def test_what_is_too_large_is_handed_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = encoded(PICTURE, "TIFF")
    monkeypatch.setattr(module, "LARGEST", len(photo.getvalue()) - 1)
    assert metadata_bytes(photo) is None


@pytest.mark.parametrize("start", [1 << 20, (1 << 32) - 1])
def test_a_raf_that_names_a_jpeg_behind_its_end_holds_nothing(start: int) -> None:
    photo = bytearray(raf(jpeg(quarters(240, 160)), (240, 160)))
    photo[84:88] = start.to_bytes(4)
    # Only a buffered file, as the sandbox has it, refuses a length below zero.
    file: Any = io.BufferedReader(io.BytesIO(photo))
    assert read(file) == Metadata()


def raw(preview: bytes) -> bytes:
    written = tagged(preview, {"Exif.Image.Make": "Maker", "Exif.Photo.FNumber": "28/10"})
    return raf(written, (240, 160), 1_000_000)


def titled_tiff() -> bytes:
    return tagged(encoded(PICTURE.resize((1000, 1000)), "TIFF").getvalue(), {"Xmp.dc.title": "A title"})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (dng(quarters(1200, 800), jpeg(quarters(480, 320))), {"model": "Drawn"}),
        (raw(jpeg(quarters(480, 320))), {"make": "Maker", "aperture": 2.8}),
        (
            tagged(encoded(PICTURE.resize((1000, 1000)), "TIFF").getvalue(), {"Xmp.dc.title": "A title"}),
            {"title": "A title"},
        ),
    ],
)
def test_of_what_is_made_of_directories_hardly_more_than_those_is_read(content: bytes, told: dict[str, object]) -> None:
    photo = Counted(content)
    found = read(photo)
    assert {name: getattr(found, name) for name in told} == told
    assert photo.taken < 20_000 < len(content)
