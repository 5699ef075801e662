"""The whole stack on this machine, with the real image in place of this machine's Python."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from local.emulator import docker
from local.emulator.process import StartError, free_port
from local.library.importer import FolderImport
from local.library.library import open_library
from local.samples import Dng, write_dng
from tests.conftest import fetch, sign_in
from tests.image.conftest import NAME
from tests.support.pictures import encoded, heif, quarters


@pytest.mark.skipif(NAME not in os.environ, reason=f"{NAME} names no image; .ci/image builds and tries one")
def test_photos_come_in_and_are_seen_through_containers(tmp_path: Path) -> None:
    from PIL import Image

    photos = tmp_path / "photos"
    photos.mkdir()
    pixels = quarters(1440, 960)
    write_dng(photos / "a.dng", pixels, Dng(datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)))
    (photos / "b.heic").write_bytes(heif(pixels).getvalue())
    (photos / "c.jpg").write_bytes(encoded(Image.fromarray(pixels), "JPEG").getvalue())
    with open_library(tmp_path / "library", free_port(), image=os.environ[NAME]) as opened:
        report = FolderImport(opened).run(photos)
        assert report
        listing = sign_in(opened)("/photos")
        assert listing.status == 200
        shown = listing.json()["photos"]
        assert {photo["key"]: photo["state"] for photo in shown} == dict.fromkeys(("a.dng", "b.heic", "c.jpg"), "ready")
        for photo in shown:
            assert {fetch(rendition["url"]).status for rendition in photo["renditions"]} == {200}


def test_an_image_that_is_not_there_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "docker").write_text('#!/bin/sh\n[ "$1" = version ] || { echo "no such image" >&2; exit 1; }\n')
    (tmp_path / "docker").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(StartError, match="`make image` builds it: no such image"):
        docker.bridge("safelight")


def test_without_docker_the_start_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StartError, match="Docker cannot be reached"):
        docker.bridge("safelight")
