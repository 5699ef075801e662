"""Lists the files of a folder for an import, and checks that they can be read."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local.emulator import credentials
from local.library import contents
from local.library.permissions import can_enter, can_read


class FolderError(Exception):
    """A folder of photos cannot be imported; the message has the reason."""


@dataclass(frozen=True)
class Listing:
    """The files below a folder in the order of their paths, and the folders in it that cannot be read."""

    files: list[Path]
    unreadable: dict[Path, str]


def listing(folder: Path) -> Listing:
    """List every file below the folder, without those of a library. Raises FolderError if there is none."""
    if not folder.exists():
        raise FolderError(f"{folder} is no folder: there is nothing of this name; give a folder with photos in it")
    if not folder.is_dir():
        raise FolderError(f"{folder} is no folder but a file; give the folder that it is in")
    unreadable: dict[Path, str] = {}
    files = sorted(_walk(folder, unreadable))
    if folder in unreadable:
        raise FolderError(f"{folder} cannot be read ({unreadable[folder]}); change its permissions, or give another")
    if not files and not unreadable:
        raise FolderError(f"{folder} has no files in it; give a folder with photos")
    return Listing(files, unreadable)


def unreadable_reason(path: Path) -> str | None:
    """Return the reason if the file cannot be read; else None."""
    if can_read(path):
        return None
    if not path.exists():
        return "The file was moved or deleted while the import ran. Import the folder again."
    return "The file cannot be read: its permissions forbid it. Change them, and import the folder again."


def _walk(folder: Path, unreadable: dict[Path, str]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        unreadable[Path(error.filename)] = error.strerror or "it cannot be listed"

    for place, folders, names in os.walk(folder, onerror=note):
        if not can_enter(Path(place)):
            unreadable[Path(place)] = "Permission denied"
            continue
        # The folder may contain a library, such as .safelight beside the Makefile; its files are not imported.
        own = contents.NAMES if contents.is_library(Path(place)) else frozenset[str]()
        folders[:] = [name for name in folders if name not in own and not _is_library(Path(place, name))]
        for name in set(names) - own:
            if (path := Path(place, name)).is_file():
                yield path


def _is_library(folder: Path) -> bool:
    return can_enter(folder) and (folder / "state").is_dir() and credentials.path(folder).is_file()
