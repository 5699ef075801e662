"""A library on a disk that is full, read-only or faulty: refused, said, and what was there stays whole."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from botocore.exceptions import ClientError
from PIL import Image

from local.emulator.process import StartError
from local.library import space
from local.samples import draw
from local.stack.program import ROOT
from tests.conftest import awaited
from tests.support.served import Served, served

MEGABYTE = 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount: list[str | Path] = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", place]
    if os.geteuid() or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def remount(place: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", place], check=True)


def photo(number: int, extra: int) -> bytes:
    """A small photo with bytes behind its end, which no decoder reads."""
    stored = io.BytesIO()
    Image.fromarray(draw("sea", 120 + number, 90)).save(stored, "JPEG")
    return stored.getvalue() + np.random.default_rng(number).bytes(extra)


def answer(running: Served, key: str, body: bytes) -> int:
    try:
        running.put(key, body)
    except ClientError as error:
        status: int = error.response["ResponseMetadata"]["HTTPStatusCode"]
        return status
    return 200


def test_a_full_disk_takes_what_fits_and_refuses_the_rest(disk: Path) -> None:
    stored: dict[str, bytes] = {}
    with served(disk / "library") as running:
        for number in range(20):
            key, body = f"{number:02}.jpg", photo(number, MEGABYTE // 2)
            status = answer(running, key, body)
            assert status in (200, 507)
            stored |= {key: body} if status == 200 else {}
        assert 3 < len(stored) < 20
        assert answer(running, "00.jpg", photo(99, 4 * MEGABYTE)) == 507
        assert running.originals() == stored
        running.stop()
    assert (disk / "library" / "running").exists()
    remount(disk, "size=64m")
    with served(disk / "library") as running:
        assert running.originals() == stored
        awaited(lambda: len(running.renditions()) == len(stored))
        running.stop()
    assert not (disk / "library" / "running").exists()


def test_a_disk_that_another_program_fills_still_shows_what_is_there(disk: Path) -> None:
    with served(disk / "library") as running:
        running.put("a.jpg", photo(1, 0))
        awaited(lambda: len(running.renditions()) == 1)
        fill(disk)
        assert answer(running, "b.jpg", photo(2, MEGABYTE)) == 507
        assert list(running.originals()) == ["a.jpg"]
        running.stop()


def fill(disk: Path) -> None:
    """Leave no byte."""
    with (disk / "filler").open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return


def imported(photos: Path, library: Path, report: Path) -> subprocess.CompletedProcess[str]:
    command: list[str | Path] = [sys.executable, "-m", "local", "import", photos, "--report", report, "--data", library]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty photos of together 9 MB."""
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(30):
        (photos / f"{number:02}.jpg").write_bytes(photo(number, 300_000))
    return photos


def test_an_import_says_before_it_begins_that_photos_will_not_fit(disk: Path, folder: Path, tmp_path: Path) -> None:
    ended = imported(folder, disk / "library", tmp_path / "report.json")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "take about" in ended.stderr
    assert not list((disk / "library").rglob("*.jpg"))
    assert not (tmp_path / "report.json").exists()


def test_an_import_that_fills_the_disk_names_each_file_that_is_left(disk: Path, folder: Path, tmp_path: Path) -> None:
    """As when another program fills the disk meanwhile: the room that is asked for before is there."""
    report = tmp_path / "report.json"
    program = "from local.library import space; space.needed = sum; from local.__main__ import main; main()"
    command: list[str | Path] = [
        sys.executable,
        "-c",
        program,
        "import",
        folder,
        "--report",
        report,
        "--data",
        disk / "library",
    ]
    remount(disk, "size=14m")
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert "Traceback" not in ended.stderr
    assert "the disk is full or faulty" in ended.stderr
    told = {photo["key"]: photo for photo in json.loads(report.read_text())["photos"]}
    assert len(told) == 30
    left = {key for key, photo in told.items() if photo["state"] == "failed"}
    assert left
    assert all("Free some space" in told[key]["reason"] for key in left)


@pytest.mark.parametrize("option", ["ro", "full"])
def test_a_library_on_a_disk_that_takes_nothing_is_not_opened(disk: Path, option: str) -> None:
    if option == "full":
        fill(disk)
    else:
        remount(disk, "ro")
    ended = imported(ROOT / "docs", disk / "library", disk.parent / "report.json")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "DATA=" in ended.stderr


def test_the_room_that_photos_take_grows_with_their_renditions(tmp_path: Path) -> None:
    small, large = space.needed([10_000]), space.needed([40_000_000])
    assert small - space.needed([]) > 5 * 10_000
    assert 41_000_000 < large - space.needed([]) < 42_000_000
    space.require_room(tmp_path, [])
    with pytest.raises(space.NoRoomError, match="take about"):
        space.require_room(tmp_path, [10**18])
    with pytest.raises(StartError):
        space.require_writable(tmp_path / "missing")
