"""Reads a JPEG XL's size, depth and colours from its header (ISO/IEC 18181-1), before anything is decoded."""

import struct
from dataclasses import dataclass

from function.files.formats import JXL_CODESTREAM
from function.imaging import codings
from function.imaging.codings import Coding

# The bits of a side's number, by the two bits before it.
LENGTHS = (9, 13, 18, 30)
# The ratio of width to height, by the three bits between them.
RATIOS = (None, (1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
# As many bytes of the header are read: more than it has without a profile.
HEADER_BYTES = 512
EIGHT_BITS = 8
# Of a number's kinds, by the two bits before it: a base, and how many bits are added to it.
ENUM = ((0, 0), (1, 0), (2, 4), (18, 6))
SAMPLE_BITS, FLOAT_BITS = ((8, 0), (10, 0), (12, 0), (1, 6)), ((32, 0), (16, 0), (24, 0), (1, 6))
EXTRA_CHANNELS = ((0, 0), (1, 0), (2, 4), (1, 12))
DIM_SHIFT, NAME_LENGTH = ((0, 0), (3, 0), (4, 0), (1, 3)), ((0, 0), (0, 4), (16, 5), (48, 10))
CHROMATICITY = ((0, 19), (524288, 19), (1048576, 20), (2097152, 21))
ALPHA, SPOT, CFA = 0, 2, 5
GREY, CUSTOM = 1, 2
DCI_WHITE = 11
SRGB_WHITE = 1


@dataclass(frozen=True)
class Header:
    """Describe size in pixels before any orientation; `bits` of a sample, `is_float`; `coding` of its colours.

    `has_profile`: an ICC profile is embedded. `orientation` is EXIF's.
    """

    width: int
    height: int
    bits: int = EIGHT_BITS
    is_float: bool = False
    has_profile: bool = False
    coding: Coding | None = None
    orientation: int = 1

    @property
    def is_deep(self) -> bool:
        """Return whether samples have more than eight bits."""
        return self.is_float or self.bits > EIGHT_BITS


class _Bits:
    """Take numbers of given sizes in bits, the lowest first."""

    def __init__(self, content: bytes) -> None:
        self._number = int.from_bytes(content, "little")

    def take(self, count: int) -> int:
        taken = self._number & ((1 << count) - 1)
        self._number >>= count
        return taken

    def flag(self) -> bool:
        return bool(self.take(1))

    def choice(self, kinds: tuple[tuple[int, int], ...]) -> int:
        base, more = kinds[self.take(2)]
        return base + self.take(more)


def size(content: bytes) -> tuple[int, int]:
    """Read width and height in pixels, before any orientation. Raises ValueError where there is no header."""
    return _size(_bits(content))


def read(content: bytes) -> Header:
    """Read the header. Raises ValueError where there is none."""
    bits = _bits(content)
    width, height = _size(bits)
    if bits.flag():
        return Header(width, height)
    orientation = 1
    if bits.flag():
        orientation = bits.take(3) + 1
        _skip_extra_fields(bits)
    sample_bits, is_float = _depth(bits)
    bits.flag()  # whether 16 bits are enough for the decoder
    for _ in range(bits.choice(EXTRA_CHANNELS)):
        _skip_extra_channel(bits)
    bits.flag()  # whether the colours are XYB's
    has_profile, coding = _colours(bits)
    return Header(width, height, sample_bits, is_float, has_profile, coding, orientation)


def _bits(content: bytes) -> _Bits:
    return _Bits(_codestream(content)[2:HEADER_BYTES])


def _size(bits: _Bits) -> tuple[int, int]:
    small = bits.flag()
    height = _side(bits, small=small)
    ratio = RATIOS[bits.take(3)]
    return (height * ratio[0] // ratio[1] if ratio else _side(bits, small=small)), height


def _side(bits: _Bits, *, small: bool) -> int:
    return (bits.take(5) + 1) * 8 if small else bits.take(LENGTHS[bits.take(2)]) + 1


def _skip_extra_fields(bits: _Bits) -> None:
    if bits.flag():
        _size(bits)
    if bits.flag():
        _skip_preview(bits)
    if bits.flag():
        for kinds in (((100, 0), (1000, 0), (1, 10), (1, 30)), ((1, 0), (1001, 0), (1, 8), (1, 10))):
            bits.choice(kinds)
        bits.choice(((0, 0), (0, 3), (0, 16), (0, 32)))
        bits.flag()


def _skip_preview(bits: _Bits) -> None:
    in_eighths = bits.flag()
    sides = ((16, 0), (32, 0), (1, 5), (33, 9)) if in_eighths else ((1, 6), (65, 8), (321, 10), (1345, 12))
    bits.choice(sides)
    if not bits.take(3):
        bits.choice(sides)


def _depth(bits: _Bits) -> tuple[int, bool]:
    is_float = bits.flag()
    found = bits.choice(FLOAT_BITS if is_float else SAMPLE_BITS)
    if is_float:
        bits.take(4)
    return found, is_float


def _skip_extra_channel(bits: _Bits) -> None:
    if bits.flag():
        return
    kind = bits.choice(ENUM)
    _depth(bits)
    bits.choice(DIM_SHIFT)
    bits.take(8 * bits.choice(NAME_LENGTH))
    if kind == ALPHA:
        bits.flag()
    elif kind == SPOT:
        bits.take(4 * 16)
    elif kind == CFA:
        bits.choice(((1, 0), (0, 2), (3, 4), (19, 8)))


def _colours(bits: _Bits) -> tuple[bool, Coding | None]:
    """Return whether there is a profile, and the coding where there is none."""
    if bits.flag():
        return False, None
    has_profile = bits.flag()
    space = bits.choice(ENUM)
    if has_profile:
        return True, None
    if space not in (0, GREY):
        return False, None
    white = bits.choice(ENUM)
    white_point = _points(bits, 1) if white == CUSTOM else codings.DCI if white == DCI_WHITE else codings.D65
    primaries = codings.SRGB[:6]
    if space != GREY:
        number = bits.choice(ENUM)
        primaries = _points(bits, 3) if number == CUSTOM else codings.PRIMARIES.get(number, codings.SRGB)[:6]
    power, transfer = None, codings.SRGB_CURVE
    if bits.flag():
        # The gamma is written as its inverse, in ten-millionths.
        power = 1e7 / max(bits.take(24), 1)
    else:
        transfer = bits.choice(ENUM)
    return False, Coding((*primaries, *white_point), transfer, power)


def _points(bits: _Bits, count: int) -> tuple[float, ...]:
    """Take chromaticities, in millionths; their signs are in the lowest bits."""
    packed = [bits.choice(CHROMATICITY) for _ in range(2 * count)]
    return tuple((number >> 1 if number % 2 == 0 else -(number + 1 >> 1)) / 1e6 for number in packed)


def _codestream(content: bytes) -> bytes:
    """Return the codestream, out of its container where it has one."""
    at = 0
    while not content.startswith(JXL_CODESTREAM, at):
        if at + 8 > len(content):
            raise ValueError("it has no codestream")
        length, kind = struct.unpack_from(">I4s", content, at)
        if kind in (b"jxlc", b"jxlp"):
            # A part's number stands before its bytes.
            return content[at + (12 if kind == b"jxlp" else 8) : at + HEADER_BYTES]
        at += max(8, length)
    return content[at : at + HEADER_BYTES]
