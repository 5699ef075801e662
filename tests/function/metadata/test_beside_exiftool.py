"""Beside exiftool, on real photos of many makers where there are some: SAFELIGHT_SAMPLES names their folder."""

import io
import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from function.metadata import read, read_sidecar
from function.metadata.dates import moment
from function.metadata.text import exposure
from function.values import Metadata

ROOT = Path(__file__).parents[3]
SAMPLES = Path(os.environ.get("SAFELIGHT_SAMPLES", ROOT.parent / "shared" / "samples"))
PHOTOS = sorted(path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix != ".md")

pytestmark = [
    pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool is not installed"),
    pytest.mark.skipif(not PHOTOS, reason=f"no photos in {SAMPLES}"),
]

# From exiftool's groups to why what they say is not read.
UNREAD = {
    "MakerNotes": "each maker's own notes repeat what EXIF says in other roundings",
    "SigmaRaw": "an X3F's directory of properties is known to LibRaw and exiftool alone",
    "Composite": "exiftool computes these",
    "QuickTime": "a HEIF's rotation is the decoder's to know",
    "PLIST": "a phone's own notes",
}
# What is written and says nothing, by tag.
NOTHING = {"ISO": {65535, 0}, "FNumber": {0}, "ExposureTime": {0}, "FocalLength": {0}, "Rating": {0}}
NUMBERS = {
    "ISO": "iso",
    "FNumber": "aperture",
    "FocalLength": "focal_length",
    "GPSLatitude": "latitude",
    "GPSLongitude": "longitude",
    "Orientation": "orientation",
    "Rating": "rating",
}
TEXTS = {"Make": "make", "Model": "model"}
TAGS = (*NUMBERS, *TEXTS, "ExposureTime", "DateTimeOriginal", "Subject", "Keywords", "XPKeywords")


@cache
def told() -> dict[Path, dict[str, Any]]:
    """What exiftool says of every photo, of what is read."""
    command = ["exiftool", "-json", "-n", "-G0", "-r", *(f"-{tag}" for tag in TAGS), str(SAMPLES)]
    found = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    return {Path(entry.pop("SourceFile")): dict(_read(entry)) for entry in found}


def _read(entry: dict[str, Any]) -> Any:
    for name, value in entry.items():
        group, _, tag = name.partition(":")
        # Latitude and longitude have their sign in what is composed of them alone.
        if (group not in UNREAD or tag.startswith("GPS")) and value not in NOTHING.get(tag, ()):
            yield tag, value


def ours(photo: Path) -> Metadata:
    content = photo.read_bytes()
    return read_sidecar(content) if photo.suffix.lower() == ".xmp" else read(io.BytesIO(content))


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda photo: f"{photo.suffix[1:]}-{photo.name}")
def test_what_is_read_is_what_exiftool_reads(photo: Path) -> None:
    theirs, found = told().get(photo, {}), ours(photo)
    for tag, name in NUMBERS.items():
        if tag in theirs:
            assert getattr(found, name) == pytest.approx(theirs[tag], rel=1e-4, abs=1e-4), tag
    for tag, name in TEXTS.items():
        if tag in theirs:
            assert getattr(found, name) == str(theirs[tag]).strip(), tag
    if "ExposureTime" in theirs:
        assert found.exposure == exposure(f"{float(theirs['ExposureTime']):.9f}")
    assert set(found.keywords) == set(_keywords(theirs))


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda photo: f"{photo.suffix[1:]}-{photo.name}")
def test_the_moment_is_exiftools(photo: Path) -> None:
    read_there = moment(str(told().get(photo, {}).get("DateTimeOriginal")))
    theirs = read_there and read_there.when
    found = ours(photo).taken
    if theirs:
        assert found
        assert found.replace(tzinfo=None, microsecond=0) == theirs.replace(tzinfo=None, microsecond=0)


def _keywords(theirs: dict[str, Any]) -> Any:
    for tag in ("Subject", "Keywords", "XPKeywords"):
        held = theirs.get(tag, [])
        for words in held if isinstance(held, list) else [held]:
            yield from (word.strip() for word in str(words).split(";"))
