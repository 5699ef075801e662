"""Names what a library keeps in its folder: all else in there is its owner's, and is neither touched nor deleted."""

import json
import shutil
from dataclasses import fields
from pathlib import Path

from local.emulator import credentials
from local.emulator.credentials import Credentials
from local.emulator.process import StartError

# Folders whose files are deleted when a library is opened, or which would be taken for its state.
FOLDERS = ("objects", "scratch", "state")
DATABASES = ("seen.db", "seen.db-shm", "seen.db-wal", "seen.db-journal")
FILES = (
    *("addresses.json", "addresses.new", "credentials.json", "credentials.new"),
    *("embedded-aws.log", "probe", "running", *DATABASES),
)
NAMES = frozenset((*FOLDERS, *FILES))


def is_library(folder: Path) -> bool:
    """Check whether the folder holds a library, also one whose keys are damaged."""
    file = credentials.path(folder)
    return _has_keys(file) or (file.is_file() and (folder / "state").is_dir() and (folder / "objects").is_dir())


def require_no_other(folder: Path) -> None:
    """Raise StartError where a new library would take the place of files that are not its own."""
    taken = [name for name in FOLDERS if _has_files(folder / name)]
    if taken and not is_library(folder):
        raise StartError(
            f"{folder} has something else in it by the name of {taken[0]!r}, which a library needs for itself; "
            "give a folder of its own with DATA="
        )


def delete(folder: Path) -> bool:
    """Delete the library; returns whether its folder is gone too, which stays where something else is in it.

    The keys go last: a deletion that was cut off can be asked for again.
    """
    for path in (folder / name for name in FOLDERS):
        if path.is_symlink():
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path)
    for path in sorted((folder / name for name in FILES), key=credentials.path(folder).__eq__):
        path.unlink(missing_ok=True)
    try:
        folder.unlink() if folder.is_symlink() else folder.rmdir()
    except OSError:
        return False
    return True


def _has_files(place: Path) -> bool:
    return any(place.iterdir()) if place.is_dir() else place.exists()


def _has_keys(file: Path) -> bool:
    try:
        found = json.loads(file.read_text())
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and set(found) == {field.name for field in fields(Credentials)}
