"""Summarizes a photo in a few bytes (placeholder, perceptual hash, main colours): a step of the pipeline."""

import base64
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from function.imaging import vips
from function.imaging.decoded import fitted
from function.imaging.work import Summary, Work

# A placeholder is a grid of at most this many cells on its longer side, three bytes each.
GRID = 4
# All is read off a picture of this many pixels on its longer side.
SMALL = 64
# A hash is of the lowest frequencies, this many down and this many across.
HASH_LOW = 8
MOST_COLOURS = 5
# Colours are counted in cubes this wide; two that are nearer than this are one.
CUBE, APART = 32, 64.0

Bitmap = NDArray[np.uint8]


def summarize(work: Work) -> Work:
    """Summarize the smallest size: it is as good for that as a large one."""
    *_, smallest = work.sizes
    pixels = smallest.pixels
    small = vips.resized(pixels, *fitted(pixels.width, pixels.height, SMALL))
    coloured, grey = small.numpy(), small.colourspace("b-w").numpy().reshape(small.height, small.width)
    return replace(work, summary=Summary(_placeholder(coloured), _phash(grey), _colours(coloured)))


def _placeholder(pixels: Bitmap) -> str:
    """Return the mean colours of a grid of cells, never more than there are pixels."""
    rows, columns, _ = pixels.shape
    height, width = (min(side, max(1, round(GRID * side / max(rows, columns)))) for side in (rows, columns))
    bands = np.array_split(pixels, height)
    cells = [cell.mean(axis=(0, 1)) for band in bands for cell in np.array_split(band, width, axis=1)]
    return base64.b64encode(bytes((width, height)) + np.round(cells).astype(np.uint8).tobytes()).decode()


def _phash(grey: Bitmap) -> str:
    """Return the signs of the lowest frequencies, which stay when a picture is scaled, sharpened or saved again."""
    down, across = (_waves(side) for side in grey.shape)
    low = (down @ grey.astype(np.float64) @ across.T).ravel()
    bits = low > np.median(low[1:])
    return np.packbits(bits).tobytes().hex()


def _waves(side: int) -> NDArray[np.float64]:
    waves: NDArray[np.float64] = np.cos(np.pi / side * np.outer(np.arange(HASH_LOW), np.arange(side) + 0.5))
    return waves


def _colours(pixels: Bitmap) -> tuple[str, ...]:
    """Return the most frequent colours that differ from each other, the most frequent first."""
    flat = pixels.reshape(-1, 3)
    cubes = flat // CUBE
    numbers = cubes @ np.array([64, 8, 1])
    chosen: list[NDArray[np.float64]] = []
    for number in np.argsort(-np.bincount(numbers, minlength=512), kind="stable"):
        members = flat[numbers == number]
        if not len(members) or len(chosen) == MOST_COLOURS:
            break
        mean = members.mean(axis=0)
        if all(np.linalg.norm(mean - other) > APART for other in chosen):
            chosen.append(mean)
    return tuple("#" + bytes(colour.round().astype(np.uint8)).hex() for colour in chosen)
