"""Formats the results of contests as lines for the terminal, and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HEADING = f"{'':42} {'beside':30} {'ours':>9} {'theirs':>9} {'ratio':22} {'goal':>6}"
JSON_FIELDS = ("case", "ours", "peer", "peer_name", "ratio", "low", "high", "goal")
# The printed unit, the factor of a measurement, and the number of decimals.
UNITS = {"s": (" ms", 1e3, 0), "B": (" MB", 1e-6, 1), "": ("", 1, 0), "SSIM": ("", 1, 4)}


@dataclass(frozen=True)
class Result:
    """The measurements of both sides (seconds, bytes, a count or SSIM), and ours divided by theirs with its spread."""

    case: str
    ours: float
    peer: float
    peer_name: str
    ratio: float
    low: float
    high: float
    goal: float
    unit: str = "s"
    # For these the goal is a minimum; for all others, a maximum.
    at_least: bool = False
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Tell whether the goal is reached."""
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    @property
    def numbers(self) -> tuple[str, str, str, str]:
        """Return ours, theirs, the ratio with its spread, and the goal, as texts."""
        unit, factor, digits = UNITS[self.unit]
        exact = 4 if self.at_least else 2
        ratio = f"{self.ratio:.{exact}f}"
        if self.low != self.high:
            ratio += f" ({self.low:.2f} to {self.high:.2f})"
        ours, peer = (f"{side * factor:.{digits}f}{unit}" for side in (self.ours, self.peer))
        return ours, peer, ratio, f"{self.goal:.{exact}f}"


def line(result: Result) -> str:
    """Return the result as a row for the terminal, with its note below."""
    ours, peer, ratio, goal = result.numbers
    row = f"{result.case:42} {result.peer_name:30} {ours:>9} {peer:>9} {ratio:22} {goal:>6}"
    row += "" if result.is_met else "  missed"
    return f"{row}\n    {result.note}" if result.note else row


def write_json(path: Path, results: Sequence[Result]) -> None:
    """Write the results as JSON: a list of objects with unscaled measurements."""
    rows = [{name: getattr(result, name) for name in JSON_FIELDS} for result in results]
    path.write_text(json.dumps(rows, indent=1) + "\n")
