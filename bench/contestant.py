"""One side of a contest: a warm process that does a job each time it is told to, and says how long it took."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

HERE = Path(__file__).parent
COMMANDS = {"python": [sys.executable, "-m", "bench.jobs"], "sharp": ["node", str(HERE / "sharp.mjs")]}
# What the system counts a process's memory in.
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024
PEAK = f"""
import resource, subprocess, sys
subprocess.run(sys.argv[1:], input="\\n" * 3, text=True, stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * {MEMORY_UNIT})
"""


@dataclass(frozen=True)
class Side:
    """A program, its job (of `python` in bench/jobs.py, of `sharp` in bench/sharp.mjs), and the tools it needs."""

    program: str
    job: str
    tools: tuple[str, ...] = ()

    def command(self, photo: Path) -> list[str]:
        """How it is started, to do its job for each line of its input."""
        return [*COMMANDS[self.program], self.job, str(photo)]


class Contestant:
    """The running process; one line in, one line out."""

    def __init__(self, side: Side, photo: Path, cores: int) -> None:
        self._side = side
        processors = ",".join(map(str, range(cores)))
        # Only Linux lets a process be kept to some of the processors.
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
        """Do the job once; the seconds that it took."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        told = self._process.stdout.readline()
        if not told:
            raise SystemExit(f"bench: {self._side.program}'s job {self._side.job} ended; what it says stands above")
        return float(told)


def peak_bytes(side: Side, photo: Path) -> int:
    """The most memory that a process held which did the job three times."""
    measured = subprocess.run(
        [sys.executable, "-c", PEAK, *side.command(photo)],
        cwd=HERE.parent,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return int(measured.stdout)
