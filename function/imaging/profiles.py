"""Makes the colour profiles that photos name without carrying them."""

import struct

# Adobe RGB (1998): its primaries and white in CIE XYZ, adapted to D50 as ICC profiles have them, and its gamma.
RED, GREEN, BLUE = (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)
D50 = (0.9642, 1.0, 0.8249)
GAMMA = 563 / 256
HEADER_BYTES = 128


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _text(kind: bytes, content: str) -> bytes:
    if kind == b"text":
        return b"text" + bytes(4) + content.encode() + b"\x00"
    # A description also has room for Unicode and for Macintosh, which stay empty.
    return b"desc" + struct.pack(">4xI", len(content) + 1) + content.encode() + bytes(1 + 8 + 3 + 67)


def _matrix_profile(name: str, gamma: float, *primaries: tuple[float, ...]) -> bytes:
    """Make an ICC profile, version 2, of a display whose colours are a matrix and a gamma (ICC.1:2001-04)."""
    curve = b"curv" + struct.pack(">4xIH", 1, round(gamma * 256)) + bytes(2)
    places = {
        key: b"XYZ " + bytes(4) + _fixed(*value)
        for key, value in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)
    }
    tags = {
        b"desc": _text(b"desc", name),
        b"cprt": _text(b"text", "public domain"),
        b"wtpt": b"XYZ " + bytes(4) + _fixed(*D50),
    }
    tags |= places | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, content = struct.pack(">I", len(tags)), b""
    start = HEADER_BYTES + 4 + 12 * len(tags)
    for key, value in tags.items():
        table += key + struct.pack(">II", start + len(content), len(value))
        content += value.ljust(-(-len(value) // 4) * 4, b"\x00")
    size = start + len(content)
    head = struct.pack(">I4xI4s4s4s12x4s24x", size, 0x02100000, b"mntr", b"RGB ", b"XYZ ", b"acsp") + _fixed(*D50)
    return head.ljust(HEADER_BYTES, b"\x00") + table + content


ADOBE_RGB = _matrix_profile("Adobe RGB (1998) compatible", GAMMA, RED, GREEN, BLUE)
