"""Kills the functions' processes, as a failing machine would."""

import os
import random
import signal
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
FUNCTION = "_worker.py"


def kill_one(emulator: int, chosen: random.Random) -> bool:
    """Kill one of the emulator's functions, if one runs."""
    found = functions(emulator)
    if found:
        with suppress(ProcessLookupError):
            os.kill(chosen.choice(found), signal.SIGKILL)
    return bool(found)


def functions(emulator: int) -> list[int]:
    """Return the running processes of the emulator's functions."""
    return [int(path.name) for path in PROC.glob("[0-9]*") if _is_function(path, emulator)]


def _is_function(path: Path, emulator: int) -> bool:
    try:
        state, parent = (path / "stat").read_text().rpartition(")")[2].split()[:2]
        command = (path / "cmdline").read_bytes()
    except OSError:
        return False
    return int(parent) == emulator and state != "Z" and FUNCTION.encode() in command
