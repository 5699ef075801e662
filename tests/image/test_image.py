"""The image itself, behind AWS's runtime emulator, does what the declared stack asks of it."""

import base64
import io
import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from function.index.keys import photo_id
from function.values.photo import Photo, State
from image import declared
from image.container import Container
from local.library.library import Library
from local.samples import Dng, write_dng
from tests.image.conftest import BASE, NAME
from tests.support.api_client import event
from tests.support.pictures import distance, encoded, heif, quarters

ROOT = Path(__file__).parent.parent.parent
# LibRaw decodes at half the size, which still is larger than what is looked at.
WIDTH, HEIGHT = 1440, 960
SIZES = ("2048", "1024", "512", "256")
NEAR = 30.0
# How ELF files name the processors.
ELF = {"amd64": 62, "arm64": 183}
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

pytestmark = pytest.mark.skipif(NAME not in os.environ, reason=f"{NAME} names no image; .ci/image builds and tries one")


def docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def dng(folder: Path) -> bytes:
    path = folder / "a.dng"
    write_dng(path, quarters(WIDTH, HEIGHT), Dng(datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)))
    return path.read_bytes()


def jpeg() -> bytes:
    return encoded(Image.fromarray(quarters(WIDTH, HEIGHT)), "JPEG", quality=95).getvalue()


def handed_over(opened: Library, working: Container, files: dict[str, bytes], *more: Any) -> list[str]:
    """Upload the files, give their real messages to the image, with more; returns the ids that go back."""
    for key, content in files.items():
        opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key=opened.originals_prefix + key, Body=content)
    answer = working.invoke({"Records": [*declared.messages(opened, len(files)), *more]})
    return [entry["itemIdentifier"] for entry in answer["batchItemFailures"]]


def photo(opened: Library, key: str) -> Photo:
    found = opened.index.get(photo_id(key))
    assert found, f"{key} is not in the index"
    return found


def rendition(opened: Library, name: str) -> Image.Image:
    bucket = opened.environment["RENDITIONS_BUCKET"]
    return Image.open(io.BytesIO(opened.aws.s3.get_object(Bucket=bucket, Key=name)["Body"].read()))


def test_photos_of_three_kinds_become_renditions_and_items(opened: Library, working: Container, tmp_path: Path) -> None:
    files = {"a.dng": dng(tmp_path), "b.heic": heif(quarters(WIDTH, HEIGHT)).getvalue(), "c.jpg": jpeg()}
    assert handed_over(opened, working, files) == []
    assert working.temporary_files() == []
    for key, kind in (("a.dng", "raw"), ("b.heic", "heif"), ("c.jpg", "jpeg")):
        made = photo(opened, key)
        assert (made.state, made.reason) == (State.READY, None)
        assert kind in (made.format or "")
        assert {one.name for one in made.renditions} == set(SIZES)
        shown = rendition(opened, f"512/{key}.jpg").convert("RGB")
        assert max(shown.size) == 512
        corner: Any = shown.getpixel((shown.width // 4, shown.height // 4))
        assert distance(corner, (220, 40, 40)) < NEAR


def test_what_is_poison_in_a_batch_harms_nothing_else(opened: Library, working: Container) -> None:
    whole = jpeg()
    files = {"half.jpg": whole[: len(whole) // 2], "whole.jpg": whole}
    no_text = "\ud800"
    described = {"key": f"{opened.originals_prefix}{no_text}.jpg", "versionId": "7", "sequencer": "01"}
    record = {"eventName": "ObjectCreated:Put", "eventTime": "2026-01-02T03:04:05Z", "s3": {"object": described}}
    poison = {"messageId": "poison", "body": json.dumps({"Records": [record]})}
    assert handed_over(opened, working, files, poison, {"messageId": "no json", "body": "{"}) == ["poison"]
    states = {key: photo(opened, key).state for key in files}
    assert states == {"half.jpg": State.PARTIAL, "whole.jpg": State.READY}


def test_an_s3_event_that_comes_without_a_queue_is_worked_off_too(opened: Library, working: Container) -> None:
    opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key=f"{opened.originals_prefix}straight.jpg", Body=jpeg())
    (message,) = declared.messages(opened, 1)
    assert working.invoke(json.loads(message["body"])) == {"batchItemFailures": []}
    assert photo(opened, "straight.jpg").state == State.READY


def test_the_api_serves_the_gallery_and_the_photos(opened: Library, answering: Container) -> None:
    page = answering.invoke({"routeKey": "GET /"})
    assert (page["statusCode"], page["headers"]["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"<html" in base64.b64decode(page["body"])
    listing = answering.invoke(event("GET /photos"))
    assert listing["statusCode"] == 200
    assert {one["key"] for one in json.loads(listing["body"])["photos"]} >= {"a.dng", "b.heic", "c.jpg"}


def test_the_image_for_the_other_processor_is_built_here_and_holds_its_libraries(image: str) -> None:
    other = next(name for name, machine in ELF.items() if machine != ELF[ARCHITECTURES[platform.machine()]])
    flags = ("--network=host", f"--platform=linux/{other}", "--target=packages", f"--build-arg=BASE={os.environ[BASE]}")
    built = docker("build", "--quiet", *flags, ".")
    # What is for the other processor is only read; the stage's own Python is this machine's.
    code = "import pathlib; print(*{p.read_bytes()[18] for p in pathlib.Path('/packages').rglob('*.so*')})"
    assert docker("run", "--rm", "--network=none", "--entrypoint=python3", built, "-c", code) == str(ELF[other])
