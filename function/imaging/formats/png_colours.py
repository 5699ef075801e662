"""Reads the colours that a PNG's chunks tell by numbers: cICP, else gAMA and cHRM (W3C PNG, third edition, 11.3.2)."""

import struct
from collections.abc import Iterator

from function.imaging import codings
from function.imaging.codings import Coding

FIRST_CHUNK = 8
MOST_CHUNKS = 1000
# sRGB's gamma as PNG writes it, and how far another may be from it that means the same.
FRACTION, SRGB_GAMMA, NEARLY = 100_000, 45_455, 600


def coding(content: bytes) -> Coding | None:
    """Read the coding. Returns None where a profile counts, or the colours are sRGB's."""
    chunks = dict(_chunks(content))
    if len(cicp := chunks.get(b"cICP", b"")) == 4:  # noqa: PLR2004 - four numbers of a byte
        found = codings.from_cicp(cicp[0], cicp[1])
        return found if b"iCCP" not in chunks or not found.is_srgb else None
    if b"iCCP" in chunks or b"sRGB" in chunks or len(chunks.get(b"gAMA", b"")) != 4:  # noqa: PLR2004
        return None
    (gamma,) = struct.unpack(">I", chunks[b"gAMA"])
    found = Coding(_primaries(chunks.get(b"cHRM", b"")), power=_power(gamma))
    return None if found.is_srgb else found


def _power(gamma: int) -> float | None:
    return None if not gamma or abs(gamma - SRGB_GAMMA) <= NEARLY else FRACTION / gamma


def _primaries(packed: bytes) -> codings.Chromaticities:
    """Read white, red, green and blue in hundred-thousandths; sRGB's where they are absent or impossible."""
    if len(packed) != 32:  # noqa: PLR2004 - eight numbers of four bytes
        return codings.SRGB
    white_x, white_y, *others = (number / FRACTION for number in struct.unpack(">8I", packed))
    found = (*others, white_x, white_y)
    return found if all(0 <= value <= 1 for value in found) and min(found[1::2]) > 0 else codings.SRGB


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks before the pixels."""
    at = FIRST_CHUNK
    for _ in range(MOST_CHUNKS):
        if at + 8 > len(content):
            return
        length, kind = struct.unpack_from(">I4s", content, at)
        if kind == b"IDAT":
            return
        yield kind, content[at + 8 : at + 8 + min(length, 64)]
        at += 12 + length
