"""What the contests came to, as rows: on the terminal, as JSON, and as Markdown for the README."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HEADING = f"{'':42} {'beside':30} {'ours':>9} {'theirs':>9} {'ratio':22} {'goal':>6}"
JSON_FIELDS = ("case", "ours", "peer", "peer_name", "ratio", "low", "high", "goal")
# What a number is followed by, what it is multiplied with before, and its digits behind the point.
UNITS = {"s": (" ms", 1e3, 0), "B": (" MB", 1e-6, 1), "": ("", 1, 0), "SSIM": ("", 1, 4)}


@dataclass(frozen=True)
class Result:
    """Both sides in the unit's base (seconds, bytes, a count or SSIM), and ours over theirs with its spread."""

    case: str
    ours: float
    peer: float
    peer_name: str
    ratio: float
    low: float
    high: float
    goal: float
    unit: str = "s"
    # The ratio is wanted to be at least the goal; of all others, at most.
    at_least: bool = False
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    @property
    def numbers(self) -> tuple[str, str, str, str]:
        """Ours, theirs, the ratio with its spread, and the goal, for people."""
        unit, factor, digits = UNITS[self.unit]
        exact = 4 if self.at_least else 2
        ratio = f"{self.ratio:.{exact}f}"
        if self.low != self.high:
            ratio += f" ({self.low:.2f} to {self.high:.2f})"
        ours, peer = (f"{side * factor:.{digits}f}{unit}" for side in (self.ours, self.peer))
        return ours, peer, ratio, f"{self.goal:.{exact}f}"


def line(result: Result) -> str:
    """The result as a row on the terminal, with its note below."""
    ours, peer, ratio, goal = result.numbers
    row = f"{result.case:42} {result.peer_name:30} {ours:>9} {peer:>9} {ratio:22} {goal:>6}"
    row += "" if result.is_met else "  missed"
    return f"{row}\n    {result.note}" if result.note else row


def write_json(path: Path, results: Sequence[Result]) -> None:
    """Write the results as JSON: a list of objects, their sides in seconds or bytes as they were."""
    rows = [{name: getattr(result, name) for name in JSON_FIELDS} for result in results]
    path.write_text(json.dumps(rows, indent=1) + "\n")
