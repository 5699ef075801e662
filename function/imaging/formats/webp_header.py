"""Reads the size in a WebP's header before its loader does, which makes room for all of it at once (RFC 9649)."""

import struct

from function.imaging import bounds, gaps

# A side has 14 bits, or 24 in the extended header.
SIDE = (1 << 14) - 1
CHUNK_AT, CONTENT_AT, END = 12, 20, 30
# The chunks of pixels, and the runs of zeros that they do not have.
RUNS = {b"VP8 ": gaps.ARITHMETIC, b"VP8L": gaps.PREFIX_CODES}
MOST_CHUNKS = 1000


def check(content: bytes) -> None:
    """Check the size. Raises TooLargeError where the file claims more pixels than are held."""
    head = content[:END].ljust(END, b"\x00")
    kind, body = head[CHUNK_AT : CHUNK_AT + 4], head[CONTENT_AT:]
    if kind == b"VP8X":
        width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
    elif kind == b"VP8L":
        (bits,) = struct.unpack("<I", body[1:5])
        width, height = (bits & SIDE) + 1, (bits >> 14 & SIDE) + 1
    else:
        width, height = (side & SIDE for side in struct.unpack("<HH", body[6:10]))
    bounds.check(width, height, bounds.MOST_HELD_PIXELS)


def has_gap(content: bytes) -> bool:
    """Return whether a run of zeros lies within the pixels of a still picture, which libwebp smooths over."""
    at = CHUNK_AT
    for _ in range(MOST_CHUNKS):
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if kind in RUNS:
            return gaps.has_gap(content, RUNS[kind], at + 8, at + 8 + size)
        at += 8 + size + size % 2
        if at >= len(content):
            break
    return False
