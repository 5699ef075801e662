"""Measures the time to the first photo: `python -m bench.first --photos 12`.

From the start of `python -m local run FOLDER` with a new library to the first rendition that a signed-in user fetches.
Prints the seconds to each step, of the fastest round, because other load on the machine only adds to them.
"""

import argparse
import http.client
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

from bench import small
from bench.visitor import Visitor

FOLDER = Path(__file__).parent.parent / "build" / "first"
PORT, POLL_SECONDS, LONGEST_SECONDS = 8595, 0.05, 120


def main() -> None:
    """Measure some rounds and print the steps of the quickest."""
    parser = argparse.ArgumentParser(prog="python -m bench.first", description=__doc__)
    parser.add_argument("--photos", type=int, default=12, help="how many (default %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often (default %(default)s)")
    given = parser.parse_args()
    photos = FOLDER / f"small-{given.photos}"
    small.take(photos, given.photos)
    rounds = [_steps(photos) for _ in range(given.rounds)]
    for name, seconds in min(rounds, key=lambda steps: max(steps.values())).items():
        print(f"{seconds:6.2f} s  {name}")


def _steps(photos: Path) -> dict[str, float]:
    """Return the seconds to each step."""
    library = FOLDER / "library"
    shutil.rmtree(library, ignore_errors=True)
    start = time.perf_counter()
    steps: dict[str, float] = {}
    command = [sys.executable, "-m", "local", "run", str(photos), "--data", str(library), "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            user, password = _printed_credentials(process)
            steps["the gallery's address is printed"] = time.perf_counter() - start
            addresses = {"api": f"http://localhost:{PORT}", "user": user, "password": password}
            visitor = Visitor(addresses)
            steps["signed in"] = time.perf_counter() - start
            found = _await_photos(lambda: visitor.get("/photos")["photos"])
            steps["a photo is listed"] = time.perf_counter() - start
            with urlopen(found[0]["renditions"][-1]["url"]) as answer:
                answer.read()
            steps["its rendition is fetched"] = time.perf_counter() - start
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()
    return steps


def _printed_credentials(process: "subprocess.Popen[str]") -> tuple[str, str]:
    """Return the user and the password, which are printed once the gallery is served."""
    assert process.stdout
    for line in process.stdout:
        if line.split()[:2] == ["Sign", "in"]:
            user, password = line.split()[2:4]
            return user, password
    raise RuntimeError("the library did not start")


def _await_photos(look: Callable[[], list[dict[str, list[dict[str, str]]]]]) -> list[dict[str, list[dict[str, str]]]]:
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline:
        try:
            if found := look():
                return found
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(POLL_SECONDS)
    raise RuntimeError("no photo came")


if __name__ == "__main__":
    main()
