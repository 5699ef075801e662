"""The sheet that a drawing is put on: its size in pixels follows from the box that the file says it draws in."""

import re
from dataclasses import dataclass

from function.postscript.messages import Refusal, RefusedError

POINTS_PER_INCH = 72
# 35 metres, in points: what says that it is larger is mistaken, or wants to take all memory.
LEAST_POINTS, MOST_POINTS = 1, 100_000
# Whatever the renditions ask for, no side is longer: to the square, a drawing takes 200 MB in memory and on disk.
LONGEST_PIXELS = 8192
# Where comments for programs stand: a box may be left to the file's end.
HEADER_BYTES = TRAILER_BYTES = 64 << 10
HEADER_END = b"%%EndComments"
LATER = rb"\(atend\)"
NUMBERS = rb"[ \t]+".join([rb"([-+]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12}))"] * 4)
# The exact box is preferred to the one in whole points.
BOXES = (b"HiResBoundingBox", b"BoundingBox")


@dataclass(frozen=True)
class Sheet:
    """A sheet of so many pixels, of so many to the inch, whose lower left corner is at this place, in points."""

    width: int
    height: int
    resolution: float
    left: float
    bottom: float


def sheet(postscript: bytes, longest: int) -> Sheet:
    """The sheet for a drawing whose longest side is to have so many pixels.

    Raises RefusedError where the file does not say where it draws, or says what cannot be.
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
        # The first counts, because others are of drawings within this one; at the end it is the last.
        found = _comments(header, name, NUMBERS)[:1]
        if not found and _comments(header, name, LATER):
            found = _comments(trailer, name, NUMBERS)[-1:]
        if found:
            return tuple(map(float, found[0]))
    raise RefusedError(Refusal.NO_BOUNDING_BOX)


def _comments(part: bytes, name: bytes, value: bytes) -> list[tuple[bytes, ...]]:
    return [found.groups() for found in re.finditer(rb"(?:^|[\r\n])%%" + name + rb":[ \t]*" + value, part)]
