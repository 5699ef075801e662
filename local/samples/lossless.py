"""Encodes lossless JPEG (ITU-T T.81, process 14), by which cameras compress the sensor's pixels in RAW files."""

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

BITS = 14
# A row's samples alternate between two components, so that each is predicted from its own colour.
COMPONENTS = 2
ROWS_AT_ONCE = 64
# The numbers of codes with 1, 2, 3, ... bits, and their categories by frequency: noise has differences of 4 to 9 bits.
CODES_OF_LENGTH = bytes([0, 0, 6, 3, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
CATEGORIES = bytes([5, 6, 7, 8, 9, 4, 3, 10, 2, 11, 1, 12, 0, 13, 14])

Mosaic = NDArray[np.uint16]
Bits = NDArray[np.uint8]


def encode(mosaic: Mosaic) -> bytes:
    """Encode samples (height x width, up to 14 bits, even width) as one JPEG."""
    return _head(*mosaic.shape) + _scan(mosaic).replace(b"\xff", b"\xff\x00") + b"\xff\xd9"


def _head(height: int, width: int) -> bytes:
    frame = struct.pack(">BHHB", BITS, height, width // COMPONENTS, COMPONENTS)
    frame += b"".join(bytes([number, 0x11, 0]) for number in range(COMPONENTS))
    # Each component uses table 0; predictor 1 is the left neighbour.
    scan = bytes([COMPONENTS, *(byte for number in range(COMPONENTS) for byte in (number, 0)), 1, 0, 0])
    segments = ((0xC4, b"\x00" + CODES_OF_LENGTH + CATEGORIES), (0xC3, frame), (0xDA, scan))
    return b"\xff\xd8" + b"".join(struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body for mark, body in segments)


def _scan(mosaic: Mosaic) -> bytes:
    differences = _differences(mosaic)
    packed, rest = [], np.zeros(0, np.uint8)
    for row in range(0, len(differences), ROWS_AT_ONCE):
        bits = np.concatenate([rest, _bits(differences[row : row + ROWS_AT_ONCE].ravel())])
        whole = len(bits) // 8 * 8
        packed.append(np.packbits(bits[:whole]).tobytes())
        rest = bits[whole:]
    # The last byte is padded with ones.
    packed.append(np.packbits(np.concatenate([rest, np.ones(-len(rest) % 8, np.uint8)])).tobytes())
    return b"".join(packed)


def _differences(mosaic: Mosaic) -> NDArray[np.int32]:
    """Return each sample's difference to its prediction: the left neighbour, or at the left edge the upper one."""
    samples = mosaic.astype(np.int32)
    predicted = np.empty_like(samples)
    predicted[:, COMPONENTS:] = samples[:, :-COMPONENTS]
    predicted[1:, :COMPONENTS] = samples[:-1, :COMPONENTS]
    predicted[0, :COMPONENTS] = 1 << (BITS - 1)
    return samples - predicted


def _bits(differences: NDArray[np.int32]) -> Bits:
    """Return the differences' codes as one array, with a byte for each bit."""
    codes, lengths = np.array(sorted(_codes())).T[1:]
    categories = np.ceil(np.log2(np.abs(differences) + 1)).astype(np.int64)
    # After its code follows the difference; of a negative one, the two's complement less one.
    rest = np.where(differences > 0, differences, differences + (1 << categories) - 1)
    words = codes[categories] << categories | rest
    sizes = lengths[categories] + categories
    ends = np.cumsum(sizes)
    behind = np.repeat(ends, sizes) - np.arange(ends[-1]) - 1
    bits: Bits = (np.repeat(words, sizes) >> behind & 1).astype(np.uint8)
    return bits


def _codes() -> Iterator[tuple[int, int, int]]:
    """Yield category, code and the code's length in bits, derived by T.81's annex C."""
    code, left = 0, iter(CATEGORIES)
    for length, count in enumerate(CODES_OF_LENGTH, start=1):
        for _ in range(count):
            yield next(left), code, length
            code += 1
        code <<= 1
