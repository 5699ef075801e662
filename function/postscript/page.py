"""Computes the size of a drawing in pixels from the file's bounding box."""

import re
from dataclasses import dataclass

from function.postscript.messages import Refusal, RefusedError

POINTS_PER_INCH = 72
# The bounds of a drawing, in points; 100,000 are 35 metres. Larger ones are an error or an attack on memory.
LEAST_POINTS, MOST_POINTS = 1, 100_000
# The longest side, whatever the recipe. A square drawing of it takes 200 MB in memory and on disk.
LONGEST_PIXELS = 8192
# The parts of a file that hold its structuring comments. A box in the header can refer to the trailer.
HEADER_BYTES = TRAILER_BYTES = 64 << 10
HEADER_END = b"%%EndComments"
LATER = rb"\(atend\)"
NUMBERS = rb"[ \t]+".join([rb"([-+]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12}))"] * 4)
# The exact box first, then the one in whole points.
BOXES = (b"HiResBoundingBox", b"BoundingBox")


@dataclass(frozen=True)
class Sheet:
    """A page: width and height in pixels, resolution in pixels per inch, and its lower left corner in points."""

    width: int
    height: int
    resolution: float
    left: float
    bottom: float


def sheet(postscript: bytes, longest: int) -> Sheet:
    """Compute the page of a drawing whose longest side has `longest` pixels, at most LONGEST_PIXELS.

    Raises RefusedError for a missing, an empty or a too large bounding box.
    """
    left, bottom, right, top = _box(postscript)
    width, height = right - left, top - bottom
    if min(width, height) <= 0 or max(width, height) < LEAST_POINTS:
        raise RefusedError(Refusal.NO_BOUNDING_BOX)
    if max(map(abs, (left, bottom, right, top))) > MOST_POINTS:
        raise RefusedError(Refusal.TOO_LARGE_BOX)
    scale = min(longest, LONGEST_PIXELS) / max(width, height)
    return Sheet(_pixels(width * scale), _pixels(height * scale), scale * POINTS_PER_INCH, left, bottom)


def _pixels(length: float) -> int:
    return max(1, round(length))


def _box(postscript: bytes) -> tuple[float, ...]:
    header, trailer = postscript[:HEADER_BYTES].partition(HEADER_END)[0], postscript[-TRAILER_BYTES:]
    for name in BOXES:
        # The first box of a header, because later ones belong to embedded drawings; the last one of a trailer.
        found = _comments(header, name, NUMBERS)[:1]
        if not found and _comments(header, name, LATER):
            found = _comments(trailer, name, NUMBERS)[-1:]
        if found:
            return tuple(map(float, found[0]))
    raise RefusedError(Refusal.NO_BOUNDING_BOX)


def _comments(part: bytes, name: bytes, value: bytes) -> list[tuple[bytes, ...]]:
    return [found.groups() for found in re.finditer(rb"(?:^|[\r\n])%%" + name + rb":[ \t]*" + value, part)]
