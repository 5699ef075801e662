"""Try folders of files: `python -m tests.corpus DIR... [--baseline [--write]]`; see `make corpus`.

Prints the pictures that look otherwise than by Pillow and ImageMagick, and what is known of the files beside exiftool.
With --baseline, pictures alone, and it fails where one is worse than it was.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tests.corpus import baseline, pictures
from tests.corpus.peers import PEERS
from tests.corpus.pictures import Outcome

METADATA = "tests.corpus.metadata"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the folders; 1 where something is worse than it was, or a fault of Safelight's own."""
    given = _parser().parse_args(arguments)
    folders = [folder.resolve() for folder in given.folders]
    # Pillow alone is pinned, so that the differences from it are the same on every machine.
    found = list(pictures.outcomes(folders, ("pillow",) if given.baseline else tuple(PEERS)))
    print(_summary(found))
    if given.write:
        baseline.write(found)
        return 0
    if given.baseline:
        return _judged(baseline.worse(found))
    for outcome in filter(pictures.differs, found):
        print(pictures.described(outcome, folders))
    if find_spec(METADATA):
        import_module(METADATA).run(folders)
    return int(any(outcome.state == pictures.FAULT for outcome in found))


def _summary(found: Sequence[Outcome]) -> str:
    states = Counter(outcome.state for outcome in found)
    return f"{len(found)} files: " + ", ".join(f"{count} {state}" for state, count in states.most_common())


def _judged(worse: Sequence[str]) -> int:
    for line in worse:
        print(line)
    print(f"{len(worse)} worse than before" if worse else "none is worse than before")
    return int(bool(worse))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--baseline", action="store_true", help="compare with what was before, and fail where worse")
    parser.add_argument("--write", action="store_true", help="with --baseline: keep the outcomes as what was before")
    return parser


if __name__ == "__main__":
    sys.exit(main())
