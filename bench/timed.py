"""Compares times, alternating between the sides, so that other load on the machine influences both."""

import statistics
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from bench.contestant import Contestant, Side
from bench.results import Result

WARM_ROUNDS = 2
OURS = Side("python", "ours")


@dataclass(frozen=True)
class Bound:
    """A part that both sides need, mostly a decoder: its job and its name."""

    job: str
    name: str


@dataclass(frozen=True)
class Timed:
    """A contest of time: a job, the other side, the number of cores, and the highest ratio of ours to theirs."""

    group: str
    case: str
    photo: str
    peer: Side
    peer_name: str
    goal: float
    ours: Side = OURS
    cores: int = 2
    bound: Bound | None = None

    def results(self, photos: Mapping[str, Path], rounds: int) -> Iterator[Result]:
        """Run the contest and yield the medians of both sides' seconds and of the rounds' ratios."""
        ours, peer, *alone = zip(*self._run(photos[self.photo], rounds), strict=True)
        ratios = sorted(one / other for one, other in zip(ours, peer, strict=True))
        mine, theirs = statistics.median(ours), statistics.median(peer)
        yield Result(
            case=self.case,
            ours=mine,
            peer=theirs,
            peer_name=self.peer_name,
            ratio=statistics.median(ratios),
            low=ratios[0],
            high=ratios[-1],
            goal=self.goal,
            note="".join(self._note(statistics.median(times), mine, theirs) for times in alone),
        )

    @property
    def tools(self) -> tuple[str, ...]:
        """Return the other side's tools."""
        return self.peer.tools

    def _run(self, photo: Path, rounds: int) -> list[tuple[float, ...]]:
        """Return the seconds of each side, and of the bound if there is one, by round."""
        sides = [self.ours, self.peer] + ([Side("python", self.bound.job)] if self.bound else [])
        with ExitStack() as stack:
            running = [stack.enter_context(Contestant(side, photo, self.cores)) for side in sides]
            numbers = tqdm(range(WARM_ROUNDS + rounds), desc=self.case, leave=False, disable=None)
            return [tuple(side.seconds() for side in running) for _ in numbers][WARM_ROUNDS:]

    def _note(self, alone: float, ours: float, theirs: float) -> str:
        assert self.bound
        return f"{self.bound.name} alone takes {alone / ours:.2f} of our time, {alone / theirs:.2f} of theirs"
