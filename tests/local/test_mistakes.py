"""Mistakes of a user: each is answered by one line that says what to do, before anything is made."""

import json
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from local.__main__ import main
from local.emulator import credentials
from local.emulator.process import HOST, StartError, free_port, require_free
from local.library.addresses import publish, read
from local.library.importer import FolderImport
from local.library.library import OpenElsewhereError, hold_lock
from local.library.photo_folder import listing, unreadable_reason
from local.stack import program

NOBODY = 65534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Obey permissions, which the root user does not."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that every user can enter, which is not so of pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"x")
    return folder


@pytest.fixture
def line(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command that has to fail; return the one line that it prints."""

    def run(*words: str | Path) -> str:
        try:
            status = main([str(word) for word in words])
        except SystemExit as ended:
            status = int(str(ended.code))
        printed = capsys.readouterr()
        assert status in (1, 2), printed
        assert printed.err.count("\n") == 1, printed.err
        assert printed.err.startswith("safelight: ")
        return printed.err

    return run


@pytest.mark.parametrize("port", ["80000", "abc", "0", "-1", "", "8484.5", "٨٤", "99999999999999999999"])
def test_a_wrong_port_is_named_with_what_a_port_is(line: Callable[..., str], tmp_path: Path, port: str) -> None:
    assert "a number from 1 to 65535" in line("serve", f"--port={port}", "--data", tmp_path / "d")
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize("port", [1, 80, 65530, 65535])
def test_another_port_that_is_named_can_be_used(port: int) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):  # another program has it, or it takes the root user: it cannot be used either way
            taken.bind((HOST, port))
            taken.listen()
        with pytest.raises(StartError) as refused:
            require_free(port)
    suggested = int(str(refused.value).rpartition("=")[2])
    assert 1024 <= suggested <= 65535


def test_there_is_a_free_port_beside_the_highest() -> None:
    assert 0 < free_port(65536) <= 65535


def test_a_library_is_no_file(line: Callable[..., str], photos: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "it is a file" in line("run", photos, "--data", tmp_path / "file")
    assert "holds no library" in line("backfill", "--data", tmp_path / "file")


def test_a_library_that_cannot_be_written_is_named(line: Callable[..., str], shared: Path) -> None:
    shared.chmod(0o555)
    with unprivileged():
        assert "give another folder with DATA=" in line("serve", "--data", shared)
        assert "give another folder with DATA=" in line("serve", "--data", shared / "new")


def test_a_library_that_cannot_be_entered_is_named(line: Callable[..., str], shared: Path) -> None:
    shared.chmod(0o000)
    with unprivileged():
        for command in ("serve", "run", "backfill", "clean"):
            assert str(shared) in line(command, "--data", shared)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"user": "owner"}', '"text"'])
def test_damaged_credentials_are_named(line: Callable[..., str], tmp_path: Path, content: str) -> None:
    (tmp_path / "credentials.json").write_text(content)
    assert "credentials.json is damaged" in line("serve", "--data", tmp_path)


@pytest.mark.parametrize("name", ["scratch", "state", "objects"])
def test_a_folder_whose_files_a_library_would_delete_is_no_place_for_one(
    line: Callable[..., str], tmp_path: Path, name: str
) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "thesis.json").touch()
    assert f"something else in it by the name of '{name}'" in line("serve", "--data", tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == [name, "thesis.json"]


@pytest.mark.parametrize("command", ["backfill", "rebuild-index", "replay", "clean"])
def test_a_library_that_is_not_there_is_not_made(line: Callable[..., str], tmp_path: Path, command: str) -> None:
    assert "holds no library" in line(command, "--data", tmp_path / "typo")
    assert not (tmp_path / "typo").exists()
    assert "holds no library" in line(command, "--data", tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "says"),
    [("missing/r.json", "does not exist"), ("photos", "is a folder"), ("photos/a.jpg/r.json", "does not exist")],
)
def test_a_report_that_cannot_be_written_is_found_before_the_import(
    line: Callable[..., str], photos: Path, tmp_path: Path, name: str, says: str
) -> None:
    assert says in line("import", photos, "--report", tmp_path / name, "--data", tmp_path / "d")
    assert not (tmp_path / "d").exists()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no folder here that takes no file of its owner's")
def test_a_report_on_a_disk_that_takes_no_file_is_found_before_the_import(
    line: Callable[..., str], photos: Path, tmp_path: Path
) -> None:
    assert "its disk forbid it" in line("import", photos, "--report", "/proc/r.json", "--data", tmp_path / "d")
    assert not (tmp_path / "d").exists()


def test_trying_a_report_leaves_no_file_and_changes_none(line: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text("of last year")
    for name in ("old.json", "new.json"):
        line("import", tmp_path / "missing", "--report", tmp_path / name, "--data", tmp_path / "d")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("old.json", "of last year")]


def test_a_report_in_a_folder_of_another_user_is_found_before_the_import(
    line: Callable[..., str], shared: Path
) -> None:
    shared.chmod(0o555)
    with unprivileged():
        assert "its permissions or its disk forbid it" in line(
            "import", shared / "photos", "--report", shared / "r.json", "--data", shared / "d"
        )


@pytest.mark.parametrize("command", ["run", "import"])
def test_photos_are_in_a_folder(line: Callable[..., str], photos: Path, tmp_path: Path, command: str) -> None:
    options = ("--data", tmp_path / "d", *(("--report", tmp_path / "r.json") if command == "import" else ()))
    assert "is no folder but a file" in line(command, photos / "a.jpg", *options)
    assert "there is nothing of this name" in line(command, tmp_path / "missing", *options)
    assert "the name is empty" in line(command, "", *options)
    assert "an unknown user" in line(command, "~nobody-of-this-name/photos", *options)
    assert not (tmp_path / "d").exists()


def test_photos_that_cannot_be_read_are_named(line: Callable[..., str], shared: Path, tmp_path: Path) -> None:
    shared.chmod(0o000)
    with unprivileged():
        assert str(shared) in line("run", shared, "--data", tmp_path / "d")


def test_a_file_that_cannot_be_read_is_named(shared: Path) -> None:
    (shared / "a.jpg").touch(mode=0o000)
    with unprivileged():
        assert "permissions forbid it" in (unreadable_reason(shared / "a.jpg") or "")
    assert "moved or deleted" in (unreadable_reason(shared / "b.jpg") or "")


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
def test_folders_that_cannot_be_read_are_in_the_report(
    shared: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    for name in ("open", "closed"):
        (shared / name).mkdir()
        (shared / name / "a.jpg").write_bytes(b"x")
    (shared / "closed").chmod(mode)
    monkeypatch.setattr(FolderImport, "_upload", lambda *_: [])
    monkeypatch.setattr(FolderImport, "_await_photos", lambda *_: [])
    monkeypatch.setattr(FolderImport, "_unusable", lambda *_: None)
    with unprivileged():
        (closed,) = FolderImport(None).run(shared)  # type: ignore[arg-type]
    assert (closed.key, closed.state) == ("closed/", "failed")
    assert "cannot be read (Permission denied)" in (closed.reason or "")


def test_the_library_among_the_photos_is_not_imported_into_itself(photos: Path) -> None:
    (photos / ".safelight" / "state").mkdir(parents=True)
    (photos / ".safelight" / "credentials.json").touch()
    (photos / "state").mkdir()
    (photos / "state" / "b.jpg").touch()
    assert listing(photos).files == [photos / "a.jpg", photos / "state" / "b.jpg"]


def test_a_library_in_the_folder_of_photos_itself_is_not_imported_into_itself(photos: Path) -> None:
    credentials.ensure(photos)
    for name in ("objects", "state", "2024"):
        (photos / name).mkdir()
        (photos / name / "b.jpg").touch()
    assert listing(photos).files == [photos / "2024" / "b.jpg", photos / "a.jpg"]


@pytest.mark.parametrize(
    "words",
    [("",), (), ("serv",), ("run", "a", "b"), ("import", "a"), ("serve", "--prot", "1"), ("stack", "--stack", "x")],
)
def test_a_wrong_word_is_one_line(line: Callable[..., str], words: tuple[str, ...]) -> None:
    line(*words)


def test_an_unexpected_error_is_a_line_and_a_file(
    line: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("secret detail")

    monkeypatch.setattr(program, "configure", fail)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    printed = line("stack")
    (log,) = tmp_path.iterdir()
    assert str(log) in printed
    assert "secret detail" not in printed
    assert "KeyError: 'secret detail'" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_addresses_are_the_owners_alone_and_gone_with_the_run(tmp_path: Path) -> None:
    with hold_lock(tmp_path), publish(tmp_path, {"gallery": "http://localhost:1/"}):
        (file,) = tmp_path.glob("addresses*")
        assert file.stat().st_mode & 0o777 == 0o600
        assert read(tmp_path) == json.loads(file.read_text()) == {"gallery": "http://localhost:1/"}
        with pytest.raises(OpenElsewhereError, match="http://localhost:1/"), hold_lock(tmp_path):
            pass
    assert read(tmp_path) is None


def test_addresses_of_a_killed_run_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "addresses.json").write_text("{}")
    with hold_lock(tmp_path):
        assert not (tmp_path / "addresses.json").exists()
