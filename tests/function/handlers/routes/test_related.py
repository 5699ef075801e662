"""What the api tells of photos that belong to each other."""

from typing import Any

import pytest

from function.handlers import worker
from function.index.keys import photo_id
from function.values.photo import State
from tests.function.conftest import Cloud, batch, s3_event
from tests.function.handlers.routes.test_facets import shelve
from tests.support.api_client import ask, body

LIKENESS = 0x0123456789ABCDEF


def told(key: str) -> Any:
    return body(ask("GET /photos/{id}", id=photo_id(key)))


def test_the_same_bytes_under_another_name_are_told_without_reading_them_again(cloud: Cloud) -> None:
    for key in ("a.jpg", "copies/b.jpg", "text.jpg"):
        content = b"text" if key == "text.jpg" else None
        worker.handle(batch(s3_event(f"originals/{key}", cloud.put(f"originals/{key}", content), "01")), None)
    (copy,) = told("a.jpg")["duplicates"]
    assert (copy["id"], copy["key"]) == (photo_id("copies/b.jpg"), "copies/b.jpg")
    assert "/32/copies/b.jpg.jpg?" in copy["thumbnail"]
    assert told("a.jpg")["near_duplicates"] == []
    assert told("copies/b.jpg")["duplicates"][0]["key"] == "a.jpg"


def test_an_etag_that_begins_as_another_is_of_other_bytes(cloud: Cloud) -> None:
    shelve("a.jpg", bytes=5, etag="abc-2")
    shelve("b.jpg", bytes=5, etag="abc-20")
    assert told("a.jpg")["duplicates"] == []


def test_a_deleted_copy_is_told_no_more(cloud: Cloud) -> None:
    for key in ("a.jpg", "b.jpg"):
        shelve(key, bytes=5, etag="abc")
    ask("DELETE /photos/{id}", id=photo_id("b.jpg"))
    assert told("a.jpg")["duplicates"] == []


@pytest.mark.parametrize(
    ("mask", "bits"),
    [(0, 0), (1, 1), (1 << 63 | 1, 2), (1 << 63 | 1 << 40 | 1, 3), (0b11 << 30 | 1, 3), (0b1111, None)],
)
def test_pictures_of_nearly_the_same_look_are_told_with_the_bits_that_differ(
    cloud: Cloud, mask: int, bits: int | None
) -> None:
    shelve("a.jpg", phash=f"{LIKENESS:016x}")
    shelve("b.jpg", phash=f"{LIKENESS ^ mask:016x}")
    expected = [] if bits is None else [("b.jpg", bits)]
    assert [(near["key"], near["bits"]) for near in told("a.jpg")["near_duplicates"]] == expected


def test_the_nearest_looks_come_first(cloud: Cloud) -> None:
    for key, mask in (("a.jpg", 0), ("far.jpg", 7), ("near.jpg", 1)):
        shelve(key, phash=f"{LIKENESS ^ mask:016x}")
    assert [found["key"] for found in told("a.jpg")["near_duplicates"]] == ["near.jpg", "far.jpg"]


def test_the_files_of_one_shot_are_a_stack_with_the_jpeg_as_its_cover(cloud: Cloud) -> None:
    shelve("d/IMG_1.CR2", format="raw", phash=f"{LIKENESS:016x}")
    shelve("d/IMG_1.JPG", format="jpeg", phash=f"{LIKENESS:016x}")
    shelve("d/IMG_1.MOV", format=None, state=State.UNSUPPORTED)
    shelve("e/IMG_1.JPG", format="jpeg")
    stack = told("d/IMG_1.CR2")["stack"]
    assert stack["cover"] == photo_id("d/IMG_1.JPG") == told("d/IMG_1.MOV")["stack"]["cover"]
    assert {other["key"] for other in stack["others"]} == {"d/IMG_1.JPG", "d/IMG_1.MOV"}
    assert told("d/IMG_1.CR2")["near_duplicates"] == []
    assert told("e/IMG_1.JPG")["stack"] is None


@pytest.mark.parametrize(
    ("formats", "cover"),
    [(("raw", "heif", "jpeg"), "jpeg"), (("raw", "heif"), "heif"), (("raw", "png"), "png"), (("raw", None), "raw")],
)
def test_the_cover_is_the_jpeg_or_what_comes_nearest(
    cloud: Cloud, formats: tuple[str | None, ...], cover: str | None
) -> None:
    for name in formats:
        shelve(f"a.{name}", format=name, state=State.READY if name else State.UNSUPPORTED)
    assert told(f"a.{formats[0]}")["stack"]["cover"] == photo_id(f"a.{cover}")
