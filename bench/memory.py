"""Compares the peak memory of processes that make renditions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.contestant import Side, peak_bytes
from bench.results import Result
from bench.timed import OURS


@dataclass(frozen=True)
class Memory:
    """A contest of memory: a photo, the other side, and the goal in bytes."""

    group: str
    case: str
    photo: str
    peer: Side
    peer_name: str
    goal: int

    @property
    def tools(self) -> tuple[str, ...]:
        """Return the other side's tools."""
        return self.peer.tools

    def results(self, photos: Mapping[str, Path], _rounds: int) -> Iterator[Result]:
        """Measure both sides once, because peak memory hardly varies."""
        ours, theirs = peak_bytes(OURS, photos[self.photo]), peak_bytes(self.peer, photos[self.photo])
        ratio = ours / theirs
        goal, note = self.goal / theirs, f"at most {self.goal / 1e6:.0f} MB are wanted"
        yield Result(self.case, ours, theirs, self.peer_name, ratio, ratio, ratio, goal, unit="B", note=note)
