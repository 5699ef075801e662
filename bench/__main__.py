"""Runs the contests and prints a table: `make bench`, with `JSON=FILE` as JSON too."""

import argparse
import json
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tqdm import tqdm

from bench import photos
from bench.contestant import HERE, Contestant, Side, peak_bytes

WARM_ROUNDS = 2
OURS = Side("python", "ours")


@dataclass(frozen=True)
class Contest:
    """A job, who does it beside us, on how many cores, and the ratio of ours to theirs that is wanted at most."""

    case: str
    photo: str
    peer: Side
    peer_name: str
    goal: float
    ours: Side = OURS
    cores: int = 2


CLONE, DERIVE, PILLOW = Side("sharp", "clone"), Side("sharp", "derive"), Side("python", "pillow")
CONTESTS = (
    Contest("four sizes of a 24 MP JPEG", "24mp", CLONE, "sharp, clone()", 0.50),
    Contest("four sizes of a 24 MP JPEG", "24mp", DERIVE, "sharp, derived", 0.72),
    Contest(
        "four sizes of a 24 MP JPEG, one core", "24mp", Side("python", "limit"), "libjpeg-turbo alone", 1.5, cores=1
    ),
    Contest("four sizes of a 45 MP JPEG", "45mp", CLONE, "sharp, clone()", 0.55),
    Contest("a 512 of a 24 MP JPEG", "24mp", Side("sharp", "one"), "sharp", 1.0, Side("python", "ours_512")),
    Contest("four sizes of a 12 MP HEIC", "heic", PILLOW, "Pillow with pillow-heif", 0.60),
    Contest("four sizes of a 12 MP AVIF", "avif", PILLOW, "Pillow", 0.60),
    Contest("four sizes of a 12 MP PNG", "png", CLONE, "sharp, clone()", 0.30),
    Contest("four sizes of a 12 MP 16-bit TIFF", "tiff", CLONE, "sharp, clone()", 0.15),
    Contest("four sizes of a 12 MP WebP", "webp", CLONE, "sharp, clone()", 0.45),
)
MEMORY_GOALS = {"24mp": 110_000_000, "45mp": 160_000_000}


@dataclass(frozen=True)
class Result:
    """What a contest came to: the medians of both sides in seconds or bytes, and their ratio with its spread."""

    case: str
    ours: float
    peer: float
    peer_name: str
    ratio: float
    low: float
    high: float
    goal: float

    def line(self) -> str:
        """A row of the table."""
        sides = f"{self.ours:12.4g} {self.peer:12.4g}"
        mark = "" if self.ratio <= self.goal else "  missed"
        spread = f"{self.ratio:6.2f} ({self.low:.2f} to {self.high:.2f})"
        return f"{self.case:38} {self.peer_name:26} {sides} {spread:24} {self.goal:6.2f}{mark}"


def main() -> None:
    """Run every contest in rounds, ours and theirs in turn."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results as JSON too")
    parser.add_argument("--rounds", type=int, default=9, help="counted rounds of each contest (default %(default)s)")
    given = parser.parse_args()
    paths = photos.made()
    _install_sharp()
    print(f"{'':38} {'beside':26} {'ours':>12} {'theirs':>12} {'ratio':24} {'goal':>6}")
    results = []
    for result in _results(paths, given.rounds):
        results.append(result)
        print(result.line(), flush=True)
    if given.json:
        given.json.write_text(json.dumps([asdict(result) for result in results], indent=1) + "\n")


def _results(paths: dict[str, Path], rounds: int) -> Iterator[Result]:
    for contest in CONTESTS:
        yield _held(contest, paths[contest.photo], rounds)
    for name, goal in MEMORY_GOALS.items():
        ours, theirs = peak_bytes(OURS, paths[name]), peak_bytes(CLONE, paths[name])
        case, wanted = f"peak memory, {name}: {ours / 1e6:.0f} of {goal / 1e6:.0f} MB", goal / theirs
        yield Result(case, ours, theirs, "sharp, clone()", ours / theirs, ours / theirs, ours / theirs, wanted)


def _held(contest: Contest, photo: Path, rounds: int) -> Result:
    pairs = []
    with (
        Contestant(contest.ours, photo, contest.cores) as ours,
        Contestant(contest.peer, photo, contest.cores) as peer,
    ):
        for number in tqdm(range(WARM_ROUNDS + rounds), desc=contest.case, leave=False, disable=None):
            pair = ours.seconds(), peer.seconds()
            if number >= WARM_ROUNDS:
                pairs.append(pair)
    ratios = sorted(one / other for one, other in pairs)
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(ratios)
    return Result(contest.case, mine, theirs, contest.peer_name, ratio, ratios[0], ratios[-1], contest.goal)


def _install_sharp() -> None:
    if (HERE / "node_modules" / "sharp").exists():
        return
    if not shutil.which("npm"):
        raise SystemExit("bench: the peer sharp needs Node.js with npm; install them and run `make bench` again")
    subprocess.run(["npm", "ci", "--silent"], cwd=HERE, check=True)


if __name__ == "__main__":
    main()
