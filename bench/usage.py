"""Measures the processor time of a program and of its child processes by role (on Linux only)."""

import os
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
SAMPLE_SECONDS = 0.25
# A process's role by a part of its command line; the first match counts.
ROLES = {
    "local.emulator.gateway": "embedded AWS",
    "_worker.py": "functions",
    "function.sandbox": "decoders",
    "local": "uploads and report",
    "function.imaging": "files",
}
# The fields of /proc/PID/stat after the name: parent, user ticks, kernel ticks.
PARENT, USER, SYSTEM = 1, 11, 12


@dataclass(frozen=True)
class Used:
    """The elapsed seconds, and the processors' seconds by role."""

    seconds: float
    processors: dict[str, float]

    @property
    def processing(self) -> float:
        """Return the seconds of all processors in all roles."""
        return sum(self.processors.values())


def measure(command: Sequence[str], output: Path) -> Used:
    """Run the command, with its output in a file. Raises CalledProcessError."""
    start = time.perf_counter()
    with output.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT) as running:
        ended = threading.Event()
        processors: dict[int, tuple[str, float]] = {}
        watching = threading.Thread(target=_watch, args=(running.pid, ended, processors))
        watching.start()
        code = running.wait()
        ended.set()
        watching.join()
    if code:
        raise subprocess.CalledProcessError(code, list(command), output.read_bytes())
    summed: defaultdict[str, float] = defaultdict(float)
    for role, seconds in processors.values():
        summed[role] += seconds
    return Used(time.perf_counter() - start, dict(summed))


def _watch(root: int, ended: threading.Event, processors: dict[int, tuple[str, float]]) -> None:
    """Record the last measured usage of each process of the tree."""
    while not ended.wait(SAMPLE_SECONDS):
        for pid, seconds in _tree(root).items():
            processors[pid] = (_role(pid) or processors.get(pid, ("others",))[0], seconds)


def _tree(root: int) -> dict[int, float]:
    stats = {int(path.name): stat for path in PROC.glob("[0-9]*") if (stat := _stat(path))}
    tree = {root}
    # A child's number need not be higher than its parent's.
    while found := {pid for pid, stat in stats.items() if int(stat[PARENT]) in tree} - tree:
        tree |= found
    ticks = os.sysconf("SC_CLK_TCK")
    return {pid: (int(stats[pid][USER]) + int(stats[pid][SYSTEM])) / ticks for pid in tree & stats.keys()}


def _stat(path: Path) -> list[str] | None:
    try:
        return (path / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _role(pid: int) -> str | None:
    try:
        command = (PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
    except OSError:
        return None
    return next((role for part, role in ROLES.items() if part in command), None)


def memory(pid: int) -> int:
    """Return the memory of a process in bytes."""
    return int((PROC / str(pid) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
