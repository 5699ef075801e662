"""Room on the disk: whether it takes what is written, and whether a folder of photos will fit."""

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from local.emulator.process import StartError

# As much as opening a library writes: roles, log, the database's own tables.
PROBE_BYTES = 512 * 1024
# Beside the photos: the functions' code, once for each that runs at the same time, the database's log, the program's.
RUNNING_BYTES = 16_000_000
# Beside its original, a photo has at most four renditions, none of which is larger than the original by much; and a
# record, rows of the index, and for each of six files its description: a dozen blocks.
RENDITIONS, RENDITIONS_BYTES, BLOCKS_BYTES = 4, 1_200_000, 64 * 1024
THOUSAND, UNITS = 1000, ("bytes", "kB", "MB", "GB")


class NoRoomError(Exception):
    """Photos that do not fit on the disk; the message says how much is missing."""


def require_writable(folder: Path) -> None:
    """Raise StartError where the folder's disk is full, read-only or faulty."""
    if reason := refusal(folder):
        raise StartError(f"the disk of {folder} takes nothing more ({reason}); free some space or give another DATA=")


def refusal(folder: Path) -> str | None:
    """Why the folder's disk takes nothing more, in the system's words; None where it does."""
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
    """How many bytes photos of these sizes take, with what is made of them."""
    return sum((size + min(RENDITIONS * size, RENDITIONS_BYTES) + BLOCKS_BYTES for size in sizes), RUNNING_BYTES)


def require_room(folder: Path, sizes: Iterable[int]) -> None:
    """Raise NoRoomError where photos of these sizes do not fit on the folder's disk with what is made of them."""
    new = list(sizes)
    wanted, free = needed(new), shutil.disk_usage(folder).free
    if new and wanted > free:
        raise NoRoomError(
            f"the photos and their renditions take about {text(wanted)}, and {folder} has {text(free)} left; "
            "free some space, give another DATA=, or take a part of the photos"
        )


def text(count: float) -> str:
    """A number of bytes for people: `1.5 GB`."""
    unit = 0
    while count >= THOUSAND and unit < len(UNITS) - 1:
        count, unit = count / THOUSAND, unit + 1
    return f"{count:.1f} {UNITS[unit]}" if unit else f"{count:.0f} bytes"
