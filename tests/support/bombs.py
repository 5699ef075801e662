"""Makes small files that claim to be large photos."""

import re
import struct
import zlib
from collections.abc import Callable

import numpy as np
from PIL import Image

from tests.support.pictures import encoded, heif, quarters
from tests.support.raws import cr3, dng

Bomb = Callable[[int, int], bytes]


def png(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = b"IDAT" + zlib.compress(bytes(100))
    chunks = (struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (head, pixels, b"IEND"))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def gif(width: int, height: int) -> bytes:
    size = struct.pack("<HH", width, height)
    return b"GIF89a" + size + b"\x80\x00\x00" + bytes(6) + b"," + bytes(4) + size + b"\x00\x02\x02\x44\x01\x00;"


def plain_jpeg(width: int, height: int) -> bytes:
    small = encoded(Image.new("RGB", (16, 16)), "JPEG").getvalue()
    at = small.index(b"\xff\xc0") + 5
    return small[:at] + struct.pack(">HH", height, width) + small[at + 4 :]


def jxl(width: int, height: int) -> bytes:
    """Make a JPEG XL whose sides have 18 bits each, after the two bits that select this length."""
    bits = 0 | 2 << 1 | (height - 1) << 3 | 0 << 21 | 2 << 24 | (width - 1) << 26
    return b"\xff\x0a" + bits.to_bytes(16, "little")


def bmp(width: int, height: int) -> bytes:
    rest = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, *[0] * 6)
    return b"BM" + struct.pack("<IHHI", 1000, 0, 0, 54) + rest


def psd(width: int, height: int) -> bytes:
    return b"8BPS\x00\x01" + bytes(6) + struct.pack(">HIIHH", 3, height, width, 8, 3) + bytes(14)


def webp(width: int, height: int) -> bytes:
    """Make a lossless WebP, whose header has 14 bits per side."""
    bits = min(width, 16_383) - 1 | (min(height, 16_383) - 1) << 14
    frame = b"VP8L" + struct.pack("<I", 30) + b"\x2f" + bits.to_bytes(4, "little") + bytes(25)
    return b"RIFF" + struct.pack("<I", 4 + len(frame)) + b"WEBP" + frame


def tiff(width: int, height: int) -> bytes:
    small = encoded(Image.new("RGB", (321, 123)), "TIFF", compression="tiff_deflate").getvalue()
    return _patch(small, "<HHIH", {256: (321, width), 257: (123, height)}, 3)


def raw(width: int, height: int) -> bytes:
    return _patch(dng(np.zeros((124, 322, 3), np.uint8)), "<HHII", {256: (322, width), 257: (124, height)}, 4)


def raw_preview(width: int, height: int) -> bytes:
    """Make a CR3 whose preview claims to be large."""
    return cr3(plain_jpeg(width, height), size=(width, height))


def _patch(content: bytes, code: str, sides: dict[int, tuple[int, int]], kind: int) -> bytes:
    for tag, (true, claimed) in sides.items():
        assert struct.pack(code, tag, kind, 1, true) in content
        content = content.replace(struct.pack(code, tag, kind, 1, true), struct.pack(code, tag, kind, 1, claimed))
    return content


def _in_boxes(content: bytes, width: int, height: int) -> bytes:
    """Patch the size in the box of a HEIF or AVIF file."""
    found = re.findall(rb"ispe\x00{4}.{8}", content, re.DOTALL)
    assert found
    for box in found:
        content = content.replace(box, box[:8] + struct.pack(">II", width, height))
    return content


BOMBS: dict[str, Bomb] = {
    "png": png,
    "gif": gif,
    "jpeg": plain_jpeg,
    "jxl": jxl,
    "bmp": bmp,
    "psd": psd,
    "webp": webp,
    "tiff": tiff,
    "heif": lambda width, height: _in_boxes(heif(quarters()).getvalue(), width, height),
    "avif": lambda width, height: _in_boxes(encoded(Image.fromarray(quarters()), "AVIF").getvalue(), width, height),
    "raw": raw,
    "raw preview": raw_preview,
}
