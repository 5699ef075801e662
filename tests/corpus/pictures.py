"""Renders a folder of pictures, and finds those that look otherwise than by Pillow or ImageMagick."""

import hashlib
import io
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image
from skimage.color import deltaE_ciede2000, rgb2lab

from function.contract import RenditionSpec
from function.errors import PhotoError
from function.sandbox.process import FaultError, Sandbox
from function.sandbox.tasks import RENDER
from function.values import State
from tests.corpus.peers import PEERS

SIZE = 512
RECIPE = (RenditionSpec(SIZE, 95),)
# A picture differs where its mean Delta E 2000 is above this, or its shape by this share.
MOST_DIFFERENCE, OTHER_SHAPE = 3.0, 0.02
# Comparisons are made at this size at most, which takes a twentieth of the time and tells the same.
COMPARED = 128
THREADS = 2
FAULT = "fault"


@dataclass(frozen=True)
class Outcome:
    """A file, the state that it came to and why, and how far it is from each peer's picture of it.

    A difference is a mean Delta E 2000, or infinite where the shape is another.
    """

    path: Path
    digest: str
    state: str
    reason: str | None = None
    differences: dict[str, float] = field(default_factory=dict)

    @property
    def nearest(self) -> float | None:
        """The difference from the peer that is nearest."""
        return min(self.differences.values(), default=None)


def outcomes(folders: Sequence[Path], peers: Sequence[str]) -> Iterator[Outcome]:
    """The outcome of each file in the folders, in the order of their names."""
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    own = threading.local()

    def outcome(path: Path) -> Outcome:
        if not hasattr(own, "sandbox"):
            own.sandbox = Sandbox(preload=(RENDER.name,))
        return _outcome(path, own.sandbox, peers)

    with ThreadPoolExecutor(THREADS) as threads:
        yield from threads.map(outcome, paths)


def _outcome(path: Path, sandbox: Sandbox, peers: Sequence[str]) -> Outcome:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    try:
        with path.open("rb") as photo:
            rendering = sandbox.call(RENDER, photo, RECIPE)
    except PhotoError as error:
        return Outcome(path, digest, error.state.value, str(error))
    except FaultError as error:
        return Outcome(path, digest, FAULT, str(error))
    state = State.PARTIAL if rendering.partial_reason else State.READY
    ours = Image.open(io.BytesIO(rendering.renditions[0].content)).convert("RGB")
    found = {name: picture for name in peers if (picture := PEERS[name](path, SIZE))}
    differences = {name: difference(ours, picture) for name, picture in found.items()}
    return Outcome(path, digest, state.value, rendering.partial_reason, differences)


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean Delta E 2000 of two pictures, infinite where they are of other shapes."""
    wanted = other.width / other.height
    # A side of few pixels is rounded.
    slack = OTHER_SHAPE + 1 / min(one.width, one.height, other.width, other.height)
    if abs(one.width / one.height / wanted - 1) > slack:
        return float("inf")
    size = (min(COMPARED, one.width), min(COMPARED, one.height))
    labs = [rgb2lab(np.asarray(picture.resize(size, Image.Resampling.BOX))) for picture in (one, other)]
    return float(deltaE_ciede2000(*labs).mean())


def differs(outcome: Outcome) -> bool:
    """Whether every peer's picture looks otherwise, or there is a fault of Safelight's own."""
    return outcome.state == FAULT or (outcome.nearest is not None and outcome.nearest > MOST_DIFFERENCE)


def described(outcome: Outcome, folders: Sequence[Path]) -> str:
    """A line for a person: the file below its folder, its state, its differences and its reason."""
    folder = next(folder for folder in folders if outcome.path.is_relative_to(folder))
    far = " ".join(f"{name} {value:.1f}" for name, value in outcome.differences.items())
    name = outcome.path.relative_to(folder).as_posix()
    reason = next(reversed((outcome.reason or "").splitlines()), "")
    return f"{name:60} {outcome.state:12} {far:30} {reason}".rstrip()
