"""Decodes the merged image of Photoshop documents, of any depth, by libtiff, which knows Photoshop's two packings."""

import io
import struct
from dataclasses import dataclass
from typing import BinaryIO

from function.errors import BrokenImageError
from function.files import tiff as directories
from function.files.tiff_tags import Tag
from function.imaging import bounds, faults
from function.imaging.decoded import Decoded
from function.imaging.formats import tiff, tiff_layout, tiff_pixels, tiff_writing
from function.imaging.formats.tiff_pixels import Source
from function.imaging.formats.tiff_writing import LONG, SHORT, UNDEFINED, Values, content, numbers

# Big-endian, with places of eight bytes, as the pixels may be large.
LAYOUT = directories.ByteLayout(">", "Q", "Q")
HEADER = struct.Struct(">4sH6xHIIHH")
# Photoshop's modes of colour: TIFF's number for each, and how many channels are colours.
MODES = {
    0: (tiff_layout.WHITE_IS_ZERO, 1),
    1: (tiff_layout.BLACK_IS_ZERO, 1),
    2: (tiff_layout.PALETTE, 1),
    3: (tiff_layout.RGB, 3),
    4: (tiff_layout.CMYK, 4),
    8: (tiff_layout.BLACK_IS_ZERO, 1),
    9: (tiff_layout.ICCLAB, 3),
}
OTHER_MODES = {7: "a Photoshop document in Multichannel mode"}
CMYK_MODE, FLOAT_BITS, FLOAT = 4, 32, 3
RAW, PACK_BITS = 0, 1
TIFF_NONE, TIFF_PACK_BITS = 1, 32773
ICC_PROFILE, PALETTE_BYTES = 1039, 768
MOST_RESOURCES = 10_000
CUT = "The Photoshop document is not whole: its file ends before its picture does. Save it again, and upload it anew."


@dataclass(frozen=True)
class Document:
    """Hold a document's header, palette, profile and merged image, and whether that has transparency."""

    width: int
    height: int
    channels: int
    bits: int
    mode: int
    palette: bytes
    profile: bytes | None
    has_transparency: bool
    merged: bytes


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """Decode the merged image. Raises BrokenImageError, TooLargeError, or UnsupportedFormatError by the mode."""
    found = _read(photo)
    written = _as_tiff(found)
    tags = directories.first(io.BytesIO(written))
    # Photoshop writes paper as the highest number, and TIFF ink.
    decoded = tiff.shown(Source(tiff_pixels.readable(written, tags), tags, inverted=found.mode == CMYK_MODE), longest)
    if decoded.partial_reason:
        raise BrokenImageError(CUT)
    return decoded


def _read(photo: BinaryIO) -> Document:
    packed = photo.read(HEADER.size)
    if len(packed) < HEADER.size:
        raise BrokenImageError(CUT)
    _, _, channels, height, width, bits, mode = HEADER.unpack(packed)
    bounds.check(width, height, bounds.MOST_HELD_PIXELS)
    if mode not in MODES:
        name = OTHER_MODES.get(mode, f"a Photoshop document in the mode {mode}")
        raise faults.not_drawn(name)
    palette, resources, layers = (_section(photo) for _ in range(3))
    return Document(
        width,
        height,
        channels,
        bits,
        mode,
        palette,
        _resource(resources, ICC_PROFILE),
        _has_transparency(layers),
        photo.read(),
    )


def _section(photo: BinaryIO) -> bytes:
    (length,) = struct.unpack(">I", photo.read(4).ljust(4, b"\x00"))
    content_read = photo.read(length)
    if len(content_read) < length:
        raise BrokenImageError(CUT)
    return content_read


def _resource(resources: bytes, wanted: int) -> bytes | None:
    """Return one of the document's resources, by its number."""
    at = 0
    for _ in range(MOST_RESOURCES):
        if at + 7 > len(resources) or resources[at : at + 4] != b"8BIM":
            return None
        (number,) = struct.unpack_from(">H", resources, at + 4)
        name_bytes = resources[at + 6] + 1
        at += 6 + name_bytes + name_bytes % 2
        (length,) = struct.unpack(">I", resources[at : at + 4].ljust(4, b"\x00"))
        if number == wanted:
            return resources[at + 4 : at + 4 + length] or None
        at += 4 + length + length % 2
    return None


def _has_transparency(layers: bytes) -> bool:
    # A negative number of layers says that the merged image's first extra channel is its transparency.
    return len(layers) > 5 and struct.unpack_from(">h", layers, 4)[0] < 0  # noqa: PLR2004 - a length and that number


def _as_tiff(document: Document) -> bytes:
    """Write the merged image as a TIFF of planes: it has the same layout, row by row where it is packed."""
    packing = int.from_bytes(document.merged[:2]) if len(document.merged) > 1 else RAW
    if packing == PACK_BITS:
        chunks, rows = _packed_rows(document), 1
    elif packing == RAW:
        chunks, rows = _planes(document), document.height
    else:
        raise faults.not_drawn("a Photoshop document packed by ZIP")
    tags = _tags(document, rows)
    tags[Tag.COMPRESSION] = numbers(">", SHORT, TIFF_PACK_BITS if packing == PACK_BITS else TIFF_NONE)
    return tiff_writing.written(tags, chunks, LAYOUT, tiled=False)


def _planes(document: Document) -> list[memoryview]:
    size = -(-document.width * document.bits // 8) * document.height
    pixels = memoryview(document.merged)[2:]
    if len(pixels) < size * document.channels:
        raise BrokenImageError(CUT)
    return [pixels[size * index : size * (index + 1)] for index in range(document.channels)]


def _packed_rows(document: Document) -> list[memoryview]:
    count = document.height * document.channels
    pixels, at = memoryview(document.merged), 2 + 2 * count
    if len(pixels) < at:
        raise BrokenImageError(CUT)
    rows = []
    for length in struct.unpack_from(f">{count}H", pixels, 2):
        rows.append(pixels[at : at + length])
        at += length
    if at > len(pixels):
        raise BrokenImageError(CUT)
    return rows


def _tags(document: Document, rows: int) -> dict[int, Values]:
    photometric, colours = MODES[document.mode]
    channels, extras = document.channels, document.channels - colours
    if extras < 0:
        raise BrokenImageError(CUT)
    tags: dict[int, Values] = {
        Tag.WIDTH: numbers(">", LONG, document.width),
        Tag.HEIGHT: numbers(">", LONG, document.height),
        Tag.BITS: numbers(">", SHORT, *[document.bits] * channels),
        Tag.PHOTOMETRIC: numbers(">", SHORT, photometric),
        Tag.SAMPLES: numbers(">", SHORT, channels),
        Tag.ROWS_PER_STRIP: numbers(">", LONG, rows),
        Tag.PLANAR: numbers(">", SHORT, tiff_layout.PLANES),
    }
    if extras:
        kinds = [tiff_layout.UNASSOCIATED_ALPHA if document.has_transparency else 0, *[0] * (extras - 1)]
        tags[Tag.EXTRA_SAMPLES] = numbers(">", SHORT, *kinds)
    if document.bits == FLOAT_BITS:
        tags[Tag.SAMPLE_FORMAT] = numbers(">", SHORT, *[FLOAT] * channels)
    if photometric == tiff_layout.PALETTE:
        levels = document.palette[:PALETTE_BYTES].ljust(PALETTE_BYTES, b"\x00")
        tags[Tag.COLOUR_MAP] = numbers(">", SHORT, *(level * 257 for level in levels))
    if document.profile:
        tags[Tag.ICC_PROFILE] = content(UNDEFINED, document.profile)
    return tags
