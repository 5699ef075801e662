"""Checks by a JPEG's markers and its decoder's warnings that all of its pixels are there (ITU-T T.81)."""

import re
import struct
from collections.abc import Iterator
from itertools import islice

EOI, SOS = b"\xff\xd9", b"\xff\xda"
# A scan of one to four components, or the picture's end; neither occurs within coded pixels.
SCAN_OR_END = re.compile(rb"\xff(?:\xda\x00[\x08\x0a\x0c\x0e]|\xd9)")
# Start of frame: all kinds but the tables that lie between them.
JPEG_LS = 0xF7
FRAMES = frozenset((*range(0xC0, 0xD0), JPEG_LS)) - {0xC4, 0xC8, 0xCC}
STANDALONE = frozenset((0x01, *range(0xD0, 0xD9)))
COEFFICIENTS, MARKER = 64, 0xFF
MOST_COMPONENTS, MOST_SCANS = 4, 1000

CUT = "The photo is not whole: its file ends too early. The rest is shown. Upload the file again."
DAMAGED = "A part of the photo's pixels is damaged. The rest is shown; upload the file again."
BLURRED = "The photo is not whole: its last scans, with the details, are missing. Upload the file again."

# Warnings of libjpeg, and of libvips in its place, that pixels are missing or wrong.
WARNINGS = {
    "premature end of JPEG image": CUT,
    "Premature end of JPEG file": CUT,
    "Corrupt JPEG data: premature end of data segment": DAMAGED,
    "Corrupt JPEG data: bad Huffman code": DAMAGED,
    "Corrupt JPEG data: bad arithmetic code": DAMAGED,
    "Corrupt JPEG data: found marker": DAMAGED,
}
EXTRANEOUS = re.compile(r"(\d+) extraneous bytes before marker 0x([0-9a-f]{2})")
# Many cameras leave a few bytes behind a scan, and others pad it.
FEW_BYTES, PADDING = 16, b"\x00\xff"


def damage(warning: str, content: bytes) -> str | None:
    """Translate a warning of libjpeg into a reason for the photo's owner. Returns None where all pixels are there."""
    known = next((reason for words, reason in WARNINGS.items() if words in warning), None)
    extraneous = EXTRANEOUS.search(warning)
    if known or not extraneous:
        return known
    count, marker = int(extraneous[1]), b"\xff" + bytes.fromhex(extraneous[2])
    return None if count <= FEW_BYTES or _is_padding(content, count, marker) else DAMAGED


def _is_padding(content: bytes, count: int, marker: bytes) -> bool:
    at = content.find(SOS)
    while (at := content.find(marker, at + 2)) >= 0:
        if not content[max(0, at - count) : at].strip(PADDING):
            return True
    return False


def incomplete(content: bytes) -> str | None:
    """Find missing scans by the file's components and coefficients. Returns the reason, or None."""
    frame, first_scan = _frame(content)
    if not frame:
        return None
    components = [frame[6 + 3 * index] for index in range(min(frame[5], MOST_COMPONENTS)) if 6 + 3 * index < len(frame)]
    open_bits = {component: [99] * COEFFICIENTS for component in components}
    for scan in _scans(content, first_scan):
        count = scan[0]
        start, end, low = scan[1 + 2 * count], scan[2 + 2 * count], scan[3 + 2 * count] & 15
        for component in scan[1 : 1 + 2 * count : 2]:
            for coefficient in range(start, min(end, COEFFICIENTS - 1) + 1):
                open_bits.get(component, [0] * COEFFICIENTS)[coefficient] = low
        if len(components) == count and (start, end, low) == (0, COEFFICIENTS - 1, 0):
            return None  # all in one scan
    return BLURRED if any(any(bits) for bits in open_bits.values()) else None


def kind(content: bytes) -> tuple[int, int]:
    """Return the frame's marker, by its second byte, and the bits of its samples; zeros where no frame is found."""
    found = next(((marker, content[at + 4]) for marker, at in _segments(content) if marker in FRAMES), None)
    return found or (0, 0)


def _frame(content: bytes) -> tuple[bytes, int]:
    """Return the frame's header and the offset of the first scan; nothing where there is no frame or no scan."""
    frame = b""
    for marker, at in _segments(content):
        if marker in FRAMES:
            (length,) = struct.unpack_from(">H", content, at + 2)
            frame = content[at + 4 : at + 2 + length]
        if marker == SOS[1]:
            return (frame if len(frame) > 6 else b""), at  # noqa: PLR2004 - precision, sides, number of components
    return b"", 0


def _segments(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the second byte and the offset of each marker, up to the first scan's."""
    at = 2
    while at + 5 <= len(content) and content[at] == MARKER:
        marker = content[at + 1]
        if marker == MARKER:
            at += 1  # a byte that fills
            continue
        yield marker, at
        if marker == SOS[1]:
            return
        at += 2 if marker in STANDALONE else 2 + int.from_bytes(content[at + 2 : at + 4])


def _scans(content: bytes, at: int) -> Iterator[bytes]:
    """Yield the header of each scan of this picture, from the first one's offset on."""
    for found in islice(SCAN_OR_END.finditer(content, at), MOST_SCANS):
        if found[0] == EOI:
            return
        (length,) = struct.unpack_from(">H", content, found.start() + 2)
        header = content[found.start() + 4 : found.start() + 2 + length]
        if header and length == 6 + 2 * header[0]:
            yield header.ljust(length, b"\x00")
