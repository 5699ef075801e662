"""What a photo looks like in a few bytes: a placeholder, a hash that near-duplicates share, and its colours."""

import base64
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from function.imaging import vips
from function.imaging.decoded import Pixels, fitted

# A placeholder is a grid of at most this many cells on its longer side, three bytes each.
GRID = 4
# All is read off a picture of this many pixels on its longer side.
SMALL = 64
HASH_SIDE, HASH_LOW = 32, 8
MOST_COLOURS = 5
# Colours are counted in cubes this wide; two that are nearer than this are one.
CUBE, APART = 32, 64.0


@dataclass(frozen=True)
class Summary:
    """`placeholder`: base64 of width, height and RGB cells; `phash`: 64 bits in hexadecimal; `colours`: #rrggbb."""

    placeholder: str
    phash: str
    colours: tuple[str, ...]


def summarize(pixels: Pixels) -> Summary:
    """The summary of an image in sRGB; from a small rendition it is as good as from a large one."""
    small = vips.resized(pixels, *fitted(pixels.width, pixels.height, SMALL))
    return Summary(_placeholder(small), _phash(small), _colours(small))


def _placeholder(pixels: Pixels) -> str:
    longest = max(pixels.width, pixels.height)
    width, height = (max(1, round(GRID * side / longest)) for side in (pixels.width, pixels.height))
    cells = vips.resized(pixels, width, height).numpy()
    return base64.b64encode(bytes((width, height)) + cells.tobytes()).decode()


def _phash(pixels: Pixels) -> str:
    """The signs of the lowest frequencies: what is left of a picture when it is scaled, sharpened or saved again."""
    grey = vips.resized(pixels.colourspace("b-w"), HASH_SIDE, HASH_SIDE).numpy().reshape(HASH_SIDE, HASH_SIDE)
    waves = np.cos(np.pi / HASH_SIDE * np.outer(np.arange(HASH_LOW), np.arange(HASH_SIDE) + 0.5))
    low = (waves @ grey.astype(np.float64) @ waves.T).ravel()
    bits = low > np.median(low[1:])
    return np.packbits(bits).tobytes().hex()


def _colours(pixels: Pixels) -> tuple[str, ...]:
    """The most frequent colours that differ from each other, the most frequent first."""
    flat = pixels.numpy().reshape(-1, 3)
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
