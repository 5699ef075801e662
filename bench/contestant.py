"""Runs one side of a contest: a warm process that does a job per line of input, and prints the seconds."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

HERE = Path(__file__).parent
COMMANDS = {"python": [sys.executable, "-m", "bench.jobs"], "sharp": ["node", str(HERE / "sharp.mjs")]}
# The unit of the system's memory counter, in bytes.
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024
PEAK = f"""
import resource, subprocess, sys
subprocess.run(sys.argv[1:], input="\\n" * 3, text=True, stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * {MEMORY_UNIT})
"""


@dataclass(frozen=True)
class Side:
    """A program, its job (for `python` in bench/jobs.py, for `sharp` in bench/sharp.mjs), and its tools."""

    program: str
    job: str
    tools: tuple[str, ...] = ()

    def command(self, photo: Path) -> list[str]:
        """Return the command that does the job for each line of its input."""
        return [*COMMANDS[self.program], self.job, str(photo)]


class Contestant:
    """The running process; one line in, one line out."""

    def __init__(self, side: Side, photo: Path, cores: int) -> None:
        self._side = side
        processors = ",".join(map(str, range(cores)))
        # Only Linux can restrict a process to some processors.
        bound = ["taskset", "-c", processors] if sys.platform == "linux" else []
        self._process = subprocess.Popen(
            [*bound, *side.command(photo)],
            cwd=HERE.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def seconds(self) -> float:
        """Do the job once. Returns the seconds."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"bench: {self._side.program}'s job {self._side.job} ended; what it says stands above")
        return float(answer)


def peak_bytes(side: Side, photo: Path) -> int:
    """Return the peak memory in bytes of a process that does the job three times."""
    measured = subprocess.run(
        [sys.executable, "-c", PEAK, *side.command(photo)],
        cwd=HERE.parent,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return int(measured.stdout)
