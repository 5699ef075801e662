"""Renditions tell nothing of where they came from, as exiftool sees them, which knows more metadata than any other."""

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from function.contract.recipe import RenditionSpec
from function.imaging.render import render
from tests.support.pictures import encoded, heif, quarters
from tests.support.raws import dng, jpeg

SECRETS = {
    "EXIF:GPSLatitude": "46.5",
    "EXIF:GPSLatitudeRef": "N",
    "EXIF:GPSLongitude": "7.9",
    "EXIF:GPSLongitudeRef": "E",
    "EXIF:SerialNumber": "SECRET-1",
    "EXIF:OwnerName": "SECRET-2",
    "EXIF:UserComment": "SECRET-3",
    "XMP:Creator": "SECRET-4",
    "XMP:PersonInImage": "SECRET-5",
    "IPTC:City": "SECRET-6",
}
# What a file has by being a picture.
OF_PICTURES = {
    "SourceFile",
    "ExifTool",
    "System",
    "File",
    "JFIF",
    "RIFF",
    "QuickTime",
    "Meta",
    "Composite",
    "ICC-header",
}
FILES = {
    "jpg": lambda: jpeg(quarters()),
    "png": lambda: encoded(Image.fromarray(quarters()), "PNG").getvalue(),
    "webp": lambda: encoded(Image.fromarray(quarters()), "WEBP").getvalue(),
    "tif": lambda: encoded(Image.fromarray(quarters()), "TIFF").getvalue(),
    "heic": lambda: heif(quarters()).getvalue(),
    "dng": lambda: dng(quarters(480, 320), jpeg(quarters(240, 160))),
}

pytestmark = pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool is not installed")


def exiftool(*arguments: str) -> str:
    return subprocess.run(["exiftool", *arguments], capture_output=True, text=True, check=True).stdout


def with_secrets(folder: Path, ending: str) -> bytes:
    path = folder / f"photo.{ending}"
    path.write_bytes(FILES[ending]())
    exiftool("-overwrite_original", "-q", "-m", *(f"-{tag}={value}" for tag, value in SECRETS.items()), str(path))
    assert "SECRET-4" in exiftool("-a", "-s", str(path))
    return path.read_bytes()


@pytest.mark.parametrize("made", ["jpeg", "webp", "avif"])
@pytest.mark.parametrize("ending", FILES)
def test_a_rendition_has_no_metadata(tmp_path: Path, ending: str, made: str) -> None:
    rendering = render(io.BytesIO(with_secrets(tmp_path, ending)), (RenditionSpec(64, 80, made),))
    rendition = tmp_path / "rendition"
    rendition.write_bytes(rendering.renditions[0].content)
    told = json.loads(exiftool("-j", "-G1", "-a", str(rendition)))[0]
    assert {name.split(":")[0] for name in told} <= OF_PICTURES
    assert "SECRET" not in json.dumps(told)
    assert b"SECRET" not in rendering.renditions[0].content
