"""Reads a JPEG XL's size from its header (ISO/IEC 18181-1, SizeHeader), before anything is decoded."""

import struct

CODESTREAM = b"\xff\x0a"
# How many bits a side's number has, by the two bits before it.
LENGTHS = (9, 13, 18, 30)
# What the width is to the height, by the three bits between them.
RATIOS = (None, (1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))


class _Bits:
    """Numbers of so many bits, the lowest first."""

    def __init__(self, content: bytes) -> None:
        self._number = int.from_bytes(content, "little")

    def take(self, count: int) -> int:
        taken = self._number & ((1 << count) - 1)
        self._number >>= count
        return taken


def size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels, before any orientation. Raises ValueError where there is no header."""
    bits = _Bits(_codestream(content)[2:18])
    small = bool(bits.take(1))
    height = _side(bits, small=small)
    ratio = RATIOS[bits.take(3)]
    return (height * ratio[0] // ratio[1] if ratio else _side(bits, small=small)), height


def _side(bits: _Bits, *, small: bool) -> int:
    return (bits.take(5) + 1) * 8 if small else bits.take(LENGTHS[bits.take(2)]) + 1


def _codestream(content: bytes) -> bytes:
    """The stream itself, out of its container where it has one."""
    at = 0
    while not content.startswith(CODESTREAM, at):
        if at + 8 > len(content):
            raise ValueError("it has no codestream")
        length, kind = struct.unpack_from(">I4s", content, at)
        if kind in (b"jxlc", b"jxlp"):
            # A part's number stands before its bytes.
            return content[at + (12 if kind == b"jxlp" else 8) :]
        at += max(8, length)
    return content[at:]
