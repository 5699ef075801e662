"""Measures a local library of many small photos for docs/scale.md: `python -m bench.scale --photos 50000`.

The photos are drawn and imported by `python -m local import`. Then the library is opened, its API is called as the
gallery calls it, it is stopped, and an idle backfill is run. The figures are elapsed time, which depends on the
machine's load, and processor time.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from bench import small
from bench.usage import measure, memory
from bench.visitor import Visitor

FOLDER = Path(__file__).parent.parent / "build" / "scale"
PHOTOS, ROUNDS = 50_000, 5
TERMS = ("on", "camera", "lens", "country", "region", "city", "keyword", "album", "rating", "format", "state")
DAY, MONTH = {"from": "2013-05-06", "to": "2013-05-06"}, {"from": "2013-05-01", "to": "2013-05-31"}
MEGABYTE = 1e6


def main() -> None:
    """Create the library, measure it and print the table."""
    given = _parser().parse_args()
    photos = FOLDER / f"small-{given.photos}"
    small.take(photos, given.photos)
    library = FOLDER / f"library-{given.photos}"
    if not (library.exists() and given.keep):
        _import(photos, library, given.photos)
    print("| | p50 | longest |\n|---|--:|--:|")
    started = time.perf_counter()
    with _serve(library) as (addresses, gateway):
        _row("start", [time.perf_counter() - started])
        for name, seconds in _measure_calls(Visitor(addresses)):
            _row(name, seconds)
        print(f"| the embedded AWS's memory | {memory(gateway) / MEGABYTE:.0f} MB | |")
        stopping = time.perf_counter()
    _row("stop", [time.perf_counter() - stopping])
    _row("an idle backfill, start and stop included", [_backfill(library)])
    print(f"\nLoad of the machine meanwhile: {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors.")
    if not given.keep:
        shutil.rmtree(library)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--photos", type=int, default=PHOTOS, help="how many (default %(default)s)")
    parser.add_argument("--keep", action="store_true", help="keep the library, and use the one that was kept")
    return parser


def _import(photos: Path, library: Path, count: int) -> None:
    shutil.rmtree(library, ignore_errors=True)
    command = ["import", str(photos), "--report", str(FOLDER / "report.json"), "--data", str(library)]
    used = measure([sys.executable, "-m", "local", *command], FOLDER / "import.log")
    counts = json.loads((FOLDER / "report.json").read_text())["counts"]
    roles = ", ".join(f"{role} {seconds / count * 1000:.1f}" for role, seconds in used.processors.items())
    print(f"{counts} in {used.seconds:.0f} s: {count / used.seconds:.0f} a second;", end=" ")
    print(f"milliseconds of the processor for each photo: {used.processing / count * 1000:.1f} ({roles})\n")


@contextmanager
def _serve(library: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """Open the library; yields its addresses and the process id of the embedded AWS, and waits for its end."""
    command = [sys.executable, "-m", "local", "serve", "--data", str(library), "--port", "8594"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        addresses = json.loads(process.stdout.readline())
        gateway = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
        try:
            yield addresses, gateway
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def _measure_calls(visitor: Visitor) -> Iterator[tuple[str, list[float]]]:
    """Yield each call of the gallery with the seconds of its rounds, the first of which follows the start."""
    newest = visitor.get("/photos", limit="200")["photos"]
    calls: dict[str, Callable[[], Any]] = {
        "60 photos, newest first": lambda: visitor.get("/photos"),
        "200 photos, newest first": lambda: visitor.get("/photos", limit="200"),
        "a day": lambda: visitor.get("/photos", **DAY),
        "a month": lambda: visitor.get("/photos", **MONTH),
        "a day of all years": lambda: visitor.get("/photos", on="05-06"),
        "a camera": lambda: visitor.get("/photos", camera="X-T4"),
        "what failed": lambda: visitor.get("/photos", shelf="failed"),
        "details of a photo": lambda: visitor.get(f"/photos/{newest[len(newest) // 2]['id']}"),
        **{f"values of {term}": lambda term=term: visitor.get(f"/facets/{term}", limit="200") for term in TERMS},  # type: ignore[misc]
    }
    for name, call in calls.items():
        yield name, [_time(call) for _ in range(ROUNDS)]


def _time(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _backfill(library: Path) -> float:
    command = [sys.executable, "-m", "local", "backfill", "--data", str(library)]
    return measure(command, FOLDER / "backfill.log").seconds


def _row(name: str, seconds: list[float]) -> None:
    longest = f"{max(seconds) * 1000:.0f} ms" if len(seconds) > 1 else ""
    print(f"| {name} | {median(seconds) * 1000:.0f} ms | {longest} |", flush=True)


if __name__ == "__main__":
    main()
