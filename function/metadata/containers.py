"""Finds EXIF, XMP and IPTC in the containers of photos, so that one part with a bad length costs no other.

It is a second way beside Exiv2, which gives a file up at the first part that it does not understand.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from function.files.formats import TIFF_MAGICS
from function.files.identify import identify
from function.files.signatures import Structure
from function.metadata import heif, png
from function.metadata.extended import extended
from function.metadata.slices import HEAD, START_OF_SCAN, WITHOUT_LENGTH, Handed

EXIF = b"Exif\0\0"
XMP = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED = b"http://ns.adobe.com/xmp/extension/\0"
PHOTOSHOP = b"Photoshop 3.0\0"
APP1, APP13 = 0xE1, 0xED
# Photoshop's resources with IPTC, EXIF and XMP.
IPTC_RESOURCE, EXIF_RESOURCE, XMP_RESOURCE = 1028, 1058, 1060
WEBP_CHUNKS = 12
CHUNKS = (b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP", b"EXIF", b"XMP ")
MOST_PARTS = 10_000


@dataclass
class Blocks:
    """The blocks that a container holds, each as its own standard has it: a TIFF, XML, IPTC's records.

    `extension` is the part of XMP that a JPEG's first packet has no room for; `texts` are dates beside them by tag.
    """

    exif: bytes = b""
    xmp: bytes = b""
    iptc: bytes = b""
    extension: bytes = b""
    texts: dict[str, str] = field(default_factory=dict)


def blocks(content: Handed) -> Blocks:
    """The blocks of a photo, as far as its container can be read; none of a format that has no container."""
    way = WAYS.get(identify(content[:HEAD]).structure)
    found = Blocks()
    try:
        if way:
            way(content, found)
    except (struct.error, ValueError, IndexError):  # the file ends, or what it says of itself is nonsense
        pass
    return found


def tiff_of(block: bytes) -> bytes:
    """The TIFF in a block of EXIF, behind whichever prefix the writer has put there or left out."""
    starts = [start for start in (block[:64].find(magic) for magic in TIFF_MAGICS) if start >= 0]
    return block[min(starts) :] if starts else b""


def _jpeg(content: Handed, found: Blocks) -> None:
    parts: list[bytes] = []
    for marker, segment in _segments(content):
        if marker == APP1 and segment.startswith(EXIF):
            found.exif = found.exif or tiff_of(segment)
        elif marker == APP1 and segment.startswith(XMP):
            found.xmp = found.xmp or segment[len(XMP) :]
        elif marker == APP1 and segment.startswith(EXTENDED):
            parts.append(segment[len(EXTENDED) :])
        elif marker == APP13 and segment.startswith(PHOTOSHOP):
            _resources(segment[len(PHOTOSHOP) :], found)
    found.extension = extended(parts, found.xmp)


def _segments(content: Handed) -> Iterator[tuple[int, bytes]]:
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:  # noqa: PLR2004 - a segment's stated length is wrong: on to the next marker of note
            at = _next(content, at, b"\xff\xe1", b"\xff\xed")
            if at < 0:
                return
        marker = content[at + 1]
        if marker == START_OF_SCAN:
            return
        if marker in WITHOUT_LENGTH or marker == 0xFF:  # noqa: PLR2004 - padding
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004
            continue
        size = int.from_bytes(content[at + 2 : at + 4])
        if at + 2 + size > len(content):
            at += 3  # so long is nothing here: what it would skip is looked at
            continue
        yield marker, bytes(content[at + 4 : at + 2 + size])
        at += 2 + size


def _next(content: Handed, start: int, *beginnings: bytes) -> int:
    """Find the first of these beginnings from an offset on. Returns its offset, or -1."""
    places = [place for place in (content.find(beginning, start) for beginning in beginnings) if place >= 0]
    return min(places, default=-1)


def _resources(content: bytes, found: Blocks) -> None:
    at = 0
    while content[at : at + 4] == b"8BIM":
        (number,) = struct.unpack_from(">H", content, at + 4)
        at += 6 + (content[at + 6] + 2) // 2 * 2  # a name with its length, padded to an even number of bytes
        (size,) = struct.unpack_from(">I", content, at)
        resource = content[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
        if number == IPTC_RESOURCE:
            found.iptc = found.iptc or resource
        elif number == EXIF_RESOURCE:
            found.exif = found.exif or tiff_of(resource)
        elif number == XMP_RESOURCE:
            found.xmp = found.xmp or resource


def _psd(content: Handed, found: Blocks) -> None:
    at = 26
    (colours,) = struct.unpack_from(">I", content, at)
    at += 4 + colours
    (size,) = struct.unpack_from(">I", content, at)
    _resources(bytes(content[at + 4 : at + 4 + size]), found)


def _webp(content: Handed, found: Blocks) -> None:
    for kind, start, size in _chunks(content):
        if kind == b"EXIF":
            found.exif = found.exif or tiff_of(bytes(content[start : start + size]))
        elif kind == b"XMP ":
            found.xmp = found.xmp or bytes(content[start : start + size])


def _chunks(content: Handed) -> Iterator[tuple[bytes, int, int]]:
    """Each chunk's kind, place and size; behind one whose stated length is wrong, those of metadata alone."""
    at = previous = WEBP_CHUNKS
    for _ in range(MOST_PARTS):
        kind = content[at : at + 4]
        if kind not in CHUNKS and content[at + 1 : at + 5] in CHUNKS:
            at += 1  # it was written without the byte that pads to an even number
        elif kind not in CHUNKS and not (kind.isalnum() and at + 8 <= len(content)):
            at = _next(content, previous + 8, b"EXIF", b"XMP ")
        if not 0 <= at <= len(content) - 8:
            return
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        yield bytes(content[at : at + 4]), at + 8, size
        previous, at = at, at + 8 + size + size % 2


def _png(content: Handed, found: Blocks) -> None:
    found.exif = tiff_of(png.exif(content))
    found.xmp = png.xmp(content)
    found.iptc = png.iptc(content)
    found.texts = png.texts(content)


def _boxed(content: Handed, found: Blocks) -> None:
    found.exif = tiff_of(heif.exif(content))
    found.xmp = heif.xmp(content)
    found.texts = heif.dates(content)


WAYS: dict[Structure, Callable[[Handed, Blocks], None]] = {
    Structure.JPEG: _jpeg,
    Structure.PNG: _png,
    Structure.PSD: _psd,
    Structure.WEBP: _webp,
    Structure.BOXES: _boxed,
    Structure.CR3: _boxed,
}
