"""Contests of memory: the most that a process holds which makes renditions, program and all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.contestant import Side, peak_bytes
from bench.results import Result
from bench.timed import OURS


@dataclass(frozen=True)
class Memory:
    """A photo, whose memory is beside ours, and the bytes that are wanted at most."""

    group: str
    case: str
    photo: str
    peer: Side
    peer_name: str
    goal: int

    @property
    def tools(self) -> tuple[str, ...]:
        """What the other side needs."""
        return self.peer.tools

    def results(self, photos: Mapping[str, Path], _rounds: int) -> Iterator[Result]:
        """Measure both sides once: what a process holds does not vary much."""
        ours, theirs = peak_bytes(OURS, photos[self.photo]), peak_bytes(self.peer, photos[self.photo])
        ratio = ours / theirs
        goal, note = self.goal / theirs, f"at most {self.goal / 1e6:.0f} MB are wanted"
        yield Result(self.case, ours, theirs, self.peer_name, ratio, ratio, ratio, goal, unit="B", note=note)
