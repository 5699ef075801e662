"""Finds the part of a damaged picture that its decoder filled in, because the file has no pixels for it."""

import numpy as np
from numpy.typing import NDArray

from function.imaging import faults
from function.imaging.decoded import Pixels

# Samples of filled rows differ by no more than scaling makes of one value.
SAME = 2
# Of a picture, so much has to be there to be shown.
LEAST_SHARE = 0.05


def check_shown(pixels: Pixels) -> None:
    """Raise BrokenImageError where hardly anything of a damaged picture is there, which lies upright or not."""
    rows = np.asarray(pixels.numpy()).astype(np.int16)
    sides = (rows, rows[::-1], rows.transpose(1, 0, 2), rows[:, ::-1].transpose(1, 0, 2))
    if 1 - max(map(_filled, sides)) < LEAST_SHARE:
        raise faults.broken()


def _filled(rows: NDArray[np.int16]) -> float:
    """The share of the last rows that have one colour, all the same."""
    uniform = (np.abs(rows - rows[-1, -1]) <= SAME).all(axis=(1, 2))
    return float(np.cumprod(uniform[::-1]).sum() / len(rows))
