"""Compares a whole import with rendering alone: `python -m bench.ingest --photos 2000`.

One side is `python -m local import`: uploads, events, the queue, the worker, the index, all of it through the embedded
AWS. The other is `python -m function.imaging`: the same files to the same renditions, on as many processes.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bench import phone
from bench.usage import Used, measure

FOLDER = Path(__file__).parent.parent / "build" / "ingest"
PHOTOS, GOAL = 2000, 1.5
# The worker's metrics, in milliseconds per photo.
STAGES = ("ReadTime", "RenderTime", "MetadataTime", "StoreTime", "IndexTime", "AnnounceTime", "TotalTime")


def main() -> int:
    """Import the photos, render them alone, and print the ratio and where the time goes; 0 when the goal is met."""
    given = _parser().parse_args()
    photos = phone.take(FOLDER / f"phone-{given.photos}", given.photos)
    whole = _import(FOLDER / f"phone-{given.photos}")
    pixels = _pixels(photos)
    ratio = whole.seconds / pixels.seconds
    print(f"{given.photos} photos, {sum(path.stat().st_size for path in photos) / 1e6:.0f} MB")
    _print_row("import, start to stop", whole, given.photos)
    _print_row("pixels alone", pixels, given.photos)
    # Other programs on the machine influence the elapsed time, and the processors' time less.
    print(f"ratio {ratio:.2f} (goal {GOAL}); of the processors' time {whole.processing / pixels.processing:.2f}\n")
    for stage, milliseconds in _stages(FOLDER / "library" / "embedded-aws.log").items():
        print(f"  {stage:14} {milliseconds:6.1f} ms a photo, in the worker")
    # Deleted later, because creating files just after many deletions is slow.
    for made in ("library", "pixels"):
        shutil.rmtree(FOLDER / made)
    return 0 if ratio <= GOAL else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("--photos", type=int, default=PHOTOS, help="how many (default %(default)s)")
    return parser


def _import(photos: Path) -> Used:
    library = FOLDER / "library"
    shutil.rmtree(library, ignore_errors=True)
    report = FOLDER / "report.json"
    command = [sys.executable, "-m", "local", "import", str(photos), "--report", str(report), "--data", str(library)]
    used = measure(command, FOLDER / "import.log")
    counts = json.loads(report.read_text())["counts"]
    if set(counts) != {"ready"}:
        raise SystemExit(f"not every photo is ready: {counts}")
    return used


def _pixels(photos: list[Path]) -> Used:
    out = FOLDER / "pixels"
    shutil.rmtree(out, ignore_errors=True)
    files = [str(path) for path in photos]
    processes = str((os.cpu_count() or 2) + 1)  # as many as the library's workers
    command = [sys.executable, "-m", "function.imaging", *files, "--out", str(out), "--processes", processes]
    return measure(command, FOLDER / "pixels.log")


def _print_row(name: str, used: Used, photos: int) -> None:
    print(f"{name:24} {used.seconds:7.1f} s, {used.seconds / photos * 1000:6.1f} ms a photo; of the processors:")
    for role, seconds in sorted(used.processors.items(), key=lambda entry: -entry[1]):
        print(f"  {role:22} {seconds:7.1f} s, {seconds / photos * 1000:6.1f} ms a photo")


def _stages(log: Path) -> dict[str, float]:
    sums, photos = Counter[str](), 0
    for line in log.read_text(errors="replace").splitlines():
        if "a change is worked off" in line:
            metrics = json.loads(line[line.index("{") :])
            photos += 1
            sums.update({stage: metrics.get(stage, 0) for stage in STAGES})
    return {stage: sums[stage] / photos for stage in STAGES} if photos else {}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{' '.join(failed.cmd[:4])} failed:\n{failed.output.decode(errors='replace')[-2000:]}")
