"""Measures Safelight and its peers, and prints a table."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import markdown, photos, results, tools
from bench.contests import CONTESTS, GROUPS, Contest
from bench.results import Result

ROUNDS, QUICK_ROUNDS = 9, 3


def main() -> None:
    """Run the selected contests, alternating between the sides."""
    parser = _parser()
    given = parser.parse_args()
    if given.markdown and given.only != GROUPS:
        parser.error("--markdown writes a table of everything: leave out --only")
    held = []
    print(results.HEADING)
    for result in _run([contest for contest in CONTESTS if contest.group in given.only], given.rounds):
        held.append(result)
        print(results.line(result), flush=True)
    if given.json:
        results.write_json(given.json, held)
    if given.markdown:
        markdown.write(held)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", choices=GROUPS, default=GROUPS, metavar="NAME", help=f"these alone: {', '.join(GROUPS)}"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="counted rounds of each (default %(default)s)")
    parser.add_argument(
        "--quick", action="store_const", dest="rounds", const=QUICK_ROUNDS, help=f"{QUICK_ROUNDS} rounds"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results as JSON too")
    parser.add_argument("--markdown", action="store_true", help="write them into README.md and docs/speed.md too")
    return parser


def _run(contests: Sequence[Contest], rounds: int) -> Iterator[Result]:
    for contest in contests:
        if lacking := tools.missing(contest.tools):
            print(f"{contest.case}: skipped, {'; '.join(lacking)}", flush=True)
        else:
            yield from contest.results(photos.draw_missing((contest.photo,)), rounds)


if __name__ == "__main__":
    main()
