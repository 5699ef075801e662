"""What a report says of files that belong together."""

import json
from pathlib import Path
from typing import Any

import pytest

from function.values.photo import Photo, State
from local.library.report import Report


def described(folder: Path, *photos: Photo) -> dict[str, Any]:
    Report(1.0, photos).write(folder / "report.json")
    return {photo["key"]: photo for photo in json.loads((folder / "report.json").read_text())["photos"]}


def photo(key: str, kind: str = "jpeg", etag: str = "one") -> Photo:
    return Photo(key, State.READY, "01", format=kind, bytes=7, etag=etag)


def test_a_copy_names_the_file_that_it_is_a_copy_of(tmp_path: Path) -> None:
    found = described(tmp_path, photo("b.jpg"), photo("a.jpg"), photo("c.jpg", etag="other"))
    assert {key: one["duplicate_of"] for key, one in found.items()} == {"a.jpg": None, "b.jpg": "a.jpg", "c.jpg": None}


def test_the_files_of_one_shot_name_the_one_that_stands_for_it(tmp_path: Path) -> None:
    found = described(tmp_path, photo("x/1.NEF", "raw", "raw"), photo("x/1.JPG"), photo("x/2.JPG", etag="other"))
    stacks = {key: one["stack"] for key, one in found.items()}
    assert stacks == {"x/1.NEF": "x/1.JPG", "x/1.JPG": "x/1.JPG", "x/2.JPG": None}


@pytest.mark.parametrize(
    "copy", ["IMG_1 (1).JPG", "IMG_1(2).JPG", "IMG_1-1.JPG", "IMG_1 copy.JPG", "IMG_1 - Kopie.JPG", "Copy of IMG_1.JPG"]
)
def test_what_is_named_as_a_copy_is_no_original(tmp_path: Path, copy: str) -> None:
    found = described(tmp_path, photo(copy), photo("IMG_1.JPG"))
    assert {key: one["duplicate_of"] for key, one in found.items()} == {"IMG_1.JPG": None, copy: "IMG_1.JPG"}


def test_photos_that_share_a_reason_are_counted_after_the_first(tmp_path: Path) -> None:
    full = [Photo(f"{number:03}.jpg", State.FAILED, "01", reason="The disk is full.") for number in range(300)]
    other = Photo("z.jpg", State.PARTIAL, "01", reason="The file ends too early.")
    counts, *lines = Report(1.0, [*full, other]).lines()
    assert counts == "301 files in 1.0 s: 300 failed, 1 partial"
    assert lines[0] == "  failed: 000.jpg: The disk is full."
    assert lines[-2:] == ["  failed: 280 more: The disk is full.", "  partial: z.jpg: The file ends too early."]
    assert len(lines) == 22
    assert len(described(tmp_path, *full, other)) == 301
