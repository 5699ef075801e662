"""Checks the free space on the disk, and whether a folder of photos fits."""

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from local.emulator.process import StartError

# The bytes that opening a library writes: roles, log, the database's tables.
PROBE_BYTES = 512 * 1024
# Beside the photos: the code of each running function, the database's log, the program's log.
RUNNING_BYTES = 16_000_000
# Beside its original, a photo has up to four renditions, each hardly larger than the original, and about a dozen disk
# blocks: its record, its rows of the index, and the descriptions of six files.
RENDITIONS, RENDITIONS_BYTES, BLOCKS_BYTES = 4, 1_200_000, 64 * 1024
THOUSAND, UNITS = 1000, ("bytes", "kB", "MB", "GB")


class NoRoomError(Exception):
    """The photos do not fit on the disk; the message has the missing space."""


def require_writable(folder: Path) -> None:
    """Raise StartError if the folder's disk is full, read-only or faulty."""
    if reason := refusal(folder):
        raise StartError(f"the disk of {folder} takes nothing more ({reason}); free some space or give another DATA=")


def refusal(folder: Path) -> str | None:
    """Return the system's message if the folder's disk refuses a write; else None."""
    probe = folder / "probe"
    try:
        with probe.open("wb") as file:
            file.write(bytes(PROBE_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.strerror
    finally:
        with contextlib.suppress(OSError):
            probe.unlink(missing_ok=True)
    return None


def needed(sizes: Iterable[int]) -> int:
    """Return the bytes that photos of these sizes take, with their renditions and records."""
    return sum((size + min(RENDITIONS * size, RENDITIONS_BYTES) + BLOCKS_BYTES for size in sizes), RUNNING_BYTES)


def require_room(folder: Path, sizes: Iterable[int]) -> None:
    """Raise NoRoomError if photos of these sizes do not fit on the folder's disk with their renditions and records."""
    new = list(sizes)
    wanted, free = needed(new), shutil.disk_usage(folder).free
    if new and wanted > free:
        raise NoRoomError(
            f"the photos and their renditions take about {text(wanted)}, and {folder} has {text(free)} left; "
            "free some space, give another DATA=, or take a part of the photos"
        )


def text(count: float) -> str:
    """Format a number of bytes, such as `1.5 GB`."""
    unit = 0
    while count >= THOUSAND and unit < len(UNITS) - 1:
        count, unit = count / THOUSAND, unit + 1
    return f"{count:.1f} {UNITS[unit]}" if unit else f"{count:.0f} bytes"
