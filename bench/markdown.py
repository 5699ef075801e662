"""Writes the last measurement into the README and docs/speed.md, between the marks that they have for it."""

import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.results import Result

ROOT = Path(__file__).parent.parent
# The README leaves likeness, goals and notes to the other.
README, DOCUMENT = ROOT / "README.md", ROOT / "docs" / "speed.md"
BEGIN, END = "<!-- measured by `make bench MARKDOWN=1` -->", "<!-- measured until here -->"
HEADING = ("", "beside", "ours", "theirs", "ratio (spread)", "goal", "")
SHORT = 5


def write(results: Sequence[Result]) -> None:
    """Put the table into both files."""
    headlines = table([result for result in results if not result.at_least], SHORT)
    for path, rows in ((README, headlines), (DOCUMENT, table(results))):
        path.write_text(filled(path.read_text(), f"{machine()}\n\n{rows}"))


def filled(text: str, measured: str) -> str:
    """The text with what was measured between its marks. Raises ValueError where it has none."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"there is no place for the measurement: {BEGIN} and {END} mark it")
    return f"{before}{BEGIN}\n{measured}\n{END}{after}"


def machine() -> str:
    """What it was measured on."""
    return f"Measured on a machine with {os.cpu_count()} cores ({platform.machine()}, {platform.system()})."


def table(results: Iterable[Result], columns: int = len(HEADING)) -> str:
    """The results as rows of so many columns; of all, the last say whether the goal is met, and what explains it."""
    rows = (HEADING, ["---"] * len(HEADING), *map(_cells, results))
    return "\n".join(f"| {' | '.join(cells[:columns])} |" for cells in rows)


def _cells(result: Result) -> Sequence[str]:
    remarks = ["" if result.is_met else "missed", result.note]
    return result.case, result.peer_name, *result.numbers, "; ".join(filter(None, remarks))
