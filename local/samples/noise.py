"""Makes random natural textures from a seed, equal at every size."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.float32]


def clouds(rng: np.random.Generator, width: int, height: int, cells: tuple[int, int], octaves: int = 5) -> Plane:
    """Return values from 0 to 1 (height x width), smooth at the scale of the cells and rougher below."""
    plane = np.zeros((height, width), np.float32)
    weight, total = 1.0, 0.0
    for octave in range(octaves):
        grid = rng.random((cells[1] * 2**octave + 2, cells[0] * 2**octave + 2), np.float32)
        plane += weight * _stretch(grid, width, height)
        total += weight
        weight /= 2
    return plane / total


def ridge(rng: np.random.Generator, width: int, cells: int, octaves: int = 7, roughness: float = 0.5) -> Plane:
    """Return `width` values around 0.5: the outline of hills."""
    line, weight, total = np.zeros(width, np.float32), 1.0, 0.0
    places = np.linspace(0, 1, width, dtype=np.float32)
    for octave in range(octaves):
        knots = rng.random(cells * 2**octave + 1)
        line += weight * np.interp(places, np.linspace(0, 1, len(knots)), knots).astype(np.float32)
        total += weight
        weight *= roughness
    return line / total


def _stretch(grid: Plane, width: int, height: int) -> Plane:
    return np.asarray(Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC), np.float32)
