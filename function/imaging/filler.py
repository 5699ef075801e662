"""Finds the part of a damaged picture that its decoder filled in, because the file has no pixels for it."""

import numpy as np
from numpy.typing import NDArray

from function.imaging import faults
from function.imaging.decoded import Pixels

# Samples of filled rows differ by no more than scaling makes of one value.
SAME = 2
# The least share of a picture that is shown: of its rows, and where most of those are filled, of its pixels.
LEAST_SHARE, MOST_FILLED = 0.05, 0.8


def check_shown(pixels: Pixels) -> None:
    """Check that a damaged picture, upright or not, shows something. Raises BrokenImageError."""
    rows = np.asarray(pixels.numpy()).astype(np.int16)
    sides = (rows, rows[::-1], rows.transpose(1, 0, 2), rows[:, ::-1].transpose(1, 0, 2))
    if any(_is_nothing(side) for side in sides):
        raise faults.broken()


def _is_nothing(rows: NDArray[np.int16]) -> bool:
    filled = _filled(rows)
    others = float((np.abs(rows - rows[-1, -1]) > SAME).any(axis=2).mean())
    return 1 - filled < LEAST_SHARE or (filled > MOST_FILLED and others < LEAST_SHARE)


def _filled(rows: NDArray[np.int16]) -> float:
    """Return the share of the last rows that all have one and the same colour."""
    uniform = (np.abs(rows - rows[-1, -1]) <= SAME).all(axis=(1, 2))
    return float(np.cumprod(uniform[::-1]).sum() / len(rows))
