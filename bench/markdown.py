"""Writes the last measurement into the README and docs/speed.md, between their marks."""

import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.results import Result

ROOT = Path(__file__).parent.parent
README, DOCUMENT = ROOT / "README.md", ROOT / "docs" / "speed.md"
# The figures of the README, by case and peer; docs/speed.md has all of them.
HEADLINES = (
    ("four sizes of a 24 MP JPEG", "sharp, clone()"),
    ("four sizes of a 12 MP HEIC", "Pillow with pillow-heif"),
    ("four sizes of a 24 MP RAW with preview", "dcraw -e, sharp clone()"),
    ("bytes of a RAW with preview, 57 MB", "the preview and 200 KB"),
    ("peak memory, 24 MP JPEG", "sharp, clone()"),
)
BEGIN, END = "<!-- measured by `make bench MARKDOWN=1` -->", "<!-- measured until here -->"
HEADING = ("", "beside", "ours", "theirs", "ratio (spread)", "goal", "")
SHORT = 5


def write(results: Sequence[Result]) -> None:
    """Write five figures into the README, and the whole table into docs/speed.md."""
    README.write_text(fill(README.read_text(), headlines(results)))
    DOCUMENT.write_text(fill(DOCUMENT.read_text(), f"{machine()}\n\n{table(results)}"))


def headlines(results: Iterable[Result]) -> str:
    """Return the README's table: a row for each of its measured figures, without goals and notes."""
    by_case = {(result.case, result.peer_name): result for result in results}
    measured = (_cells(by_case[key]) for key in HEADLINES if key in by_case)
    return "\n".join(_row(cells[:SHORT]) for cells in (HEADING, ["---"] * SHORT, *measured))


def fill(text: str, measured: str) -> str:
    """Return the text with the table between its marks. Raises ValueError if the marks are missing."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"there is no place for the measurement: {BEGIN} and {END} mark it")
    return f"{before}{BEGIN}\n{measured}\n{END}{after}"


def machine() -> str:
    """Return a description of the machine."""
    return f"Measured on a machine with {os.cpu_count()} cores ({platform.machine()}, {platform.system()})."


def table(results: Iterable[Result]) -> str:
    """Return the results as a table; its last columns show if the goal is met, and a note."""
    return "\n".join(map(_row, (HEADING, ["---"] * len(HEADING), *map(_cells, results))))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(result: Result) -> Sequence[str]:
    remarks = ["" if result.is_met else "missed", result.note]
    return result.case, result.peer_name, *result.numbers, "; ".join(filter(None, remarks))
