"""Writes the last measurement into the README and docs/speed.md, between the marks that they have for it."""

import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.results import Result

ROOT = Path(__file__).parent.parent
# The README leaves likeness to the other.
README, DOCUMENT = ROOT / "README.md", ROOT / "docs" / "speed.md"
BEGIN, END = "<!-- measured by `make bench MARKDOWN=1` -->", "<!-- measured until here -->"
HEADING = ("", "beside", "ours", "theirs", "ratio (spread)", "goal", "")


def write(results: Sequence[Result]) -> None:
    """Put the table into both files."""
    for path, rows in ((README, [row for row in results if not row.at_least]), (DOCUMENT, results)):
        path.write_text(filled(path.read_text(), f"{machine()}\n\n{table(rows)}"))


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


def table(results: Iterable[Result]) -> str:
    """The results as rows, each with its goal, and with why it is not reached where it is not."""
    rows = (HEADING, ["---"] * len(HEADING), *map(_cells, results))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _cells(result: Result) -> Sequence[str]:
    remarks = ["" if result.is_met else "missed", result.note]
    return result.case, result.peer_name, *result.numbers, "; ".join(filter(None, remarks))
