"""Kills the processes that the functions run in, as a machine that dies would, at moments that nobody chose."""

import os
import random
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
FUNCTION = "_worker.py"


@dataclass
class Killer:
    """Kills one of the emulator's functions every so many seconds, about."""

    emulator: int
    seconds: float
    chosen: random.Random = field(default_factory=random.Random)
    kills: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def about(self) -> Iterator[None]:
        """Kill until the block ends."""
        killing = threading.Thread(target=self._kill, daemon=True)
        killing.start()
        try:
            yield
        finally:
            self._ended.set()
            killing.join()

    def _kill(self) -> None:
        while not self._ended.wait(self.seconds * self.chosen.uniform(0.3, 1.7)):
            found = functions(self.emulator)
            if found:
                with suppress(ProcessLookupError):
                    os.kill(self.chosen.choice(found), signal.SIGKILL)
                    self.kills += 1


def functions(emulator: int) -> list[int]:
    """The processes of the emulator's functions that are alive."""
    return [int(path.name) for path in PROC.glob("[0-9]*") if _is_function(path, emulator)]


def _is_function(path: Path, emulator: int) -> bool:
    try:
        state, parent = (path / "stat").read_text().rpartition(")")[2].split()[:2]
        command = (path / "cmdline").read_bytes()
    except OSError:
        return False
    return int(parent) == emulator and state != "Z" and FUNCTION.encode() in command
