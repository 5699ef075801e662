"""An object's bytes and its description: both new or both old, whenever the disk or the process fails."""

import contextlib
import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from local.emulator import files

NEW, OLD = b"the new bytes", b"the old"


def described(content: bytes) -> bytes:
    return json.dumps({"size": len(content), "of": content.decode()}).encode()


def stored(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def place(tmp_path: Path) -> str:
    """The place of an object that has a version already."""
    files.replace(str(tmp_path / "a.jpg"), described(OLD), OLD)
    return str(tmp_path / "a.jpg")


def whole(content: bytes) -> dict[str, bytes]:
    return {"a.jpg": content, "a.jpg.meta.json": described(content)}


@pytest.mark.parametrize("fails_at", range(2))
def test_a_write_that_fails_changes_nothing(place: str, monkeypatch: pytest.MonkeyPatch, fails_at: int) -> None:
    count = 0

    def opening(path: Any, *more: Any) -> int:
        nonlocal count
        count += 1
        if count == fails_at + 1:
            raise OSError(errno.ENOSPC, "full")
        return real(path, *more)

    real = os.open
    monkeypatch.setattr(os, "open", opening)
    with pytest.raises(OSError, match="full"):
        files.replace(place, described(NEW), NEW)
    assert stored(Path(place).parent) == whole(OLD)


@pytest.mark.parametrize("moves", range(3))
def test_after_a_kill_it_is_the_old_one_or_the_new_one(place: str, monkeypatch: pytest.MonkeyPatch, moves: int) -> None:
    """The process ends before, between and after the two moves that put the new files into their places."""

    real = os.replace
    done: list[str] = []

    def replace(source: str, target: str) -> None:
        if len(done) == moves:
            raise KeyboardInterrupt
        done.append(target)
        real(source, target)

    with monkeypatch.context() as killed, contextlib.suppress(KeyboardInterrupt):
        killed.setattr(os, "replace", replace)
        files.replace(place, described(NEW), NEW)
    files.mend(Path(place).parent)
    assert stored(Path(place).parent) == whole(NEW if moves else OLD)


def test_half_written_files_are_discarded(place: str) -> None:
    Path(f"{place}.tmp").write_bytes(NEW[:3])
    Path(f"{place}.meta.json.tmp").write_bytes(b"{")
    Path(place).with_name("b.jpg.tmp").write_bytes(NEW)
    files.mend(Path(place).parent)
    assert stored(Path(place).parent) == whole(OLD)


def test_a_second_name_takes_no_room_and_works_without_links(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    files.link(place, f"{place}.1")
    assert Path(place).stat().st_ino == Path(f"{place}.1").stat().st_ino

    def refuse(*_: Any) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    files.link(place, f"{place}.2")
    assert Path(f"{place}.2").read_bytes() == OLD
