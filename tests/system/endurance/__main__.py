"""Imports a library under every fault: `python -m tests.system.endurance --photos 5000`; 1 if anything is lost."""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.system.endurance.run import StalledError, endure


def main() -> int:
    """Run the endurance test, and print its figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance", description=__doc__)
    parser.add_argument("--photos", type=int, default=5000, help="how many (default %(default)s)")
    parser.add_argument("--seed", type=int, default=None, help="chooses the same stories and disorder again")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    with tempfile.TemporaryDirectory() as folder:
        try:
            figures = endure(Path(folder), given.photos, seed)
        except StalledError as error:
            print(error)
            return 1
    print("\n".join(figures.lines()))
    return 1 if figures.verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main())
