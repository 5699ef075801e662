"""`python -m function.metadata` prints what is known of a file, every value by its name."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.function.metadata.tagging import sidecar, tagged
from tests.function.pictures import encoded, quarters

ROOT = Path(__file__).parents[3]
TAGS = {"Exif.Image.Make": "Maker", "Exif.Photo.DateTimeOriginal": "2018:02:01 12:34:56", "Xmp.dc.subject": ("snow",)}
NAMES = {
    *("taken", "taken_source", "taken_precision", "make", "model", "lens", "exposure", "aperture", "iso"),
    *("focal_length", "latitude", "longitude", "altitude", "city", "region", "country", "title", "caption", "rating"),
    *("keywords", "people"),
}


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "function.metadata", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def known(*arguments: object) -> dict[str, Any]:
    ran = run(*arguments, "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "a.jpg"
    path.write_bytes(tagged(encoded(Image.fromarray(quarters()), "JPEG").getvalue(), TAGS))
    return path


def test_every_value_has_its_name_and_what_is_not_known_is_null(photo: Path) -> None:
    found = known(photo)
    assert set(found) >= NAMES
    told = {
        "taken": "2018-02-01T12:34:56",
        "taken_source": "exif.original",
        "taken_precision": "second",
        "make": "Maker",
        "keywords": ["snow"],
        "people": [],
    }
    assert {name: value for name, value in found.items() if value is not None} == told


def test_a_sidecar_and_a_key_count(photo: Path, tmp_path: Path) -> None:
    beside = tmp_path / "a.xmp"
    beside.write_bytes(sidecar('xmp:Rating="4" exif:GPSLatitude="46,29.9N" exif:GPSLongitude="11,21.3E"'))
    found = known(photo, "--sidecar", beside)
    assert (found["rating"], found["city"], found["country"]) == (4, "Bolzano", "Italy")
    assert found["taken"] == "2018-02-01T12:34:56+01:00"
    photo.write_bytes(encoded(Image.fromarray(quarters()), "JPEG").getvalue())
    named = known(photo, "--key", "Holidays/IMG-20180201-WA0007.jpg")
    assert (named["taken"], named["taken_source"], named["taken_precision"]) == ("2018-02-01T00:00:00", "name", "day")
    unknown = known(photo)
    assert (unknown["taken"], unknown["taken_source"], unknown["taken_precision"]) == (None, "upload", None)


def test_lines_for_a_person_have_no_empty_values(photo: Path) -> None:
    lines = run(photo).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["taken", "taken_source", "taken_precision", "make", "keywords"]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    ran = run(tmp_path / "none.jpg", "--json")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "none.jpg cannot be read" in ran.stderr
    assert "Traceback" not in ran.stderr
