"""Writes HEIC files as phones do: a grid of tiles, each of them a hidden image."""

import io
import struct
from collections.abc import Sequence

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image

from function.files import isobmff

# The side of phones' tiles; those at the right and the bottom exceed the photo's edge.
TILE = 512
# The item id of the photo; its tiles have the next ones.
PHOTO = 1
META_VERSION_BYTES = 4

Pixels = NDArray[np.uint8]


def grid(pixels: Pixels, quality: int) -> bytes:
    """Encode 8-bit RGB pixels, of rows x columns x 3, as a HEIC of tiles."""
    height, width, _ = pixels.shape
    down, across = -(-height // TILE), -(-width // TILE)
    padded = np.pad(pixels, ((0, down * TILE - height), (0, across * TILE - width), (0, 0)), mode="edge")
    rows = np.split(padded, down)
    files = [_encode(tile, quality) for row in rows for tile in np.split(row, across, axis=1)]
    layout = struct.pack(">BBBBHH", 0, 0, down - 1, across - 1, width, height)
    items = [layout, *(_pixels(file) for file in files)]
    properties = [*_properties(files[0]), _full("ispe", struct.pack(">II", width, height))]
    head = _box("ftyp", b"heic", bytes(4), b"mif1heic")
    # The offsets of the items depend on the size of the box that contains them.
    start = len(head) + len(_meta(items, properties, 0)) + 8
    return head + _meta(items, properties, start) + _box("mdat", *items)


def _encode(tile: Pixels, quality: int) -> isobmff.Box:
    file = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(tile)).save(file, quality=quality)
    return isobmff.whole(file)


def _pixels(file: isobmff.Box) -> bytes:
    (kept,) = file.within(b"mdat")
    kept.photo.seek(kept.start)
    return kept.photo.read(kept.end - kept.start)


def _properties(file: isobmff.Box) -> list[bytes]:
    """Return the properties of the tiles: size, colours and decoder configuration; and the size of the photo."""
    (meta,) = file.within(b"meta")
    (kept,) = [box for outer in meta.within(b"iprp", skip=META_VERSION_BYTES) for box in outer.within(b"ipco")]
    kinds = (b"hvcC", b"ispe", b"pixi", b"colr")
    return [_box(kind.decode(), box.content()) for kind in kinds for box in kept.within(kind)]


def _meta(items: Sequence[bytes], properties: Sequence[bytes], start: int) -> bytes:
    tiles = range(PHOTO + 1, PHOTO + len(items))
    return _full(
        "meta",
        _full("hdlr", bytes(4), b"pict", bytes(13)),
        _full("pitm", struct.pack(">H", PHOTO)),
        _full("iinf", struct.pack(">H", len(items)), _item(PHOTO, b"grid"), *(_item(tile, b"hvc1") for tile in tiles)),
        _full("iref", _box("dimg", struct.pack(f">HH{len(tiles)}H", PHOTO, len(tiles), *tiles))),
        _box("iprp", _box("ipco", *properties), _associate(tiles, len(properties))),
        _locate(items, start),
    )


def _item(number: int, kind: bytes) -> bytes:
    hidden = int(number != PHOTO)
    return _full("infe", struct.pack(">HH4sB", number, 0, kind, 0), version=2, flags=hidden)


def _associate(tiles: Sequence[int], properties: int) -> bytes:
    """Associate the last property, its size, with the photo, and all others with the tiles."""
    common = bytes([properties - 1, *range(1, properties)])
    each = [struct.pack(">HBB", PHOTO, 1, properties), *(struct.pack(">H", tile) + common for tile in tiles)]
    return _full("ipma", struct.pack(">I", len(each)), *each)


def _locate(items: Sequence[bytes], start: int) -> bytes:
    found = []
    for number, item in enumerate(items, PHOTO):
        found.append(struct.pack(">HHHII", number, 0, 1, start, len(item)))
        start += len(item)
    return _full("iloc", bytes((0x44, 0)), struct.pack(">H", len(items)), *found)


def _full(kind: str, *content: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *content)


def _box(kind: str, *content: bytes) -> bytes:
    inside = b"".join(content)
    return struct.pack(">I4s", 8 + len(inside), kind.encode()) + inside
