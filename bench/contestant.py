"""One side of a contest: a warm process that does a job each time it is told to, and says how long it took."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Side:
    """A program and the job that it does: `python` jobs are in bench/jobs.py, `sharp` jobs in bench/sharp.mjs."""

    program: str
    job: str


COMMANDS = {"python": [sys.executable, "-m", "bench.jobs"], "sharp": ["node", str(HERE / "sharp.mjs")]}


class Contestant:
    """The running process; one line in, one line out."""

    def __init__(self, side: Side, photo: Path, cores: int) -> None:
        processors = ",".join(map(str, range(cores)))
        self._process = subprocess.Popen(
            ["taskset", "-c", processors, *COMMANDS[side.program], side.job, str(photo)],
            cwd=HERE.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def seconds(self) -> float:
        """Do the job once; the seconds that it took."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


def peak_bytes(side: Side, photo: Path) -> int:
    """The most memory that a process held which did the job three times."""
    command = [*COMMANDS[side.program], side.job, str(photo)]
    script = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], input='\\n' * 3, text=True, stdout=-3); "
    script += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    measured = subprocess.run(
        [sys.executable, "-c", script, *command], cwd=HERE.parent, capture_output=True, text=True, check=True
    )
    return int(measured.stdout) * (1 if sys.platform == "darwin" else 1024)
