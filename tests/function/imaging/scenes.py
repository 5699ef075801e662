"""Pictures of kinds that cameras, scanners and editors write, as bytes, and how far renditions are from them."""

import io
import struct
import zlib
from collections.abc import Iterable
from typing import Any

import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image
from skimage.color import deltaE_ciede2000, rgb2lab

from function.contract import RenditionSpec
from function.imaging.render import render
from function.values import Rendering

RECIPE = (RenditionSpec(256, 95),)
HEIGHT, WIDTH = 128, 192
Array = NDArray[Any]


def scene() -> NDArray[np.uint8]:
    """A ramp in two directions, with patches in strong colours: rows x columns x 3."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    pixels = np.stack([40 + across * 160 // WIDTH, 60 + down * 150 // HEIGHT, 220 - across * 120 // WIDTH], axis=2)
    for place, colour in ((20, (200, 30, 30)), (80, (30, 160, 40)), (140, (240, 240, 240))):
        pixels[30:90, place : place + 40] = colour
    return pixels.astype(np.uint8)


def grey() -> NDArray[np.uint8]:
    """The same without colours: rows x columns."""
    return np.asarray(Image.fromarray(scene()).convert("L"))


def words(pixels: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """The pixels in sixteen bits."""
    return pixels.astype(np.uint16) * 257


def light(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The pixels as linear light, from 0 to 1."""
    share = pixels / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4).astype(np.float32)


def pq(pixels: NDArray[np.uint8], white: float = 203.0) -> NDArray[np.uint16]:
    """The pixels in BT.2020 with PQ (SMPTE ST 2084), in sixteen bits; their white has so many nits."""
    to_2020 = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.088, 0.8956]])
    power = (np.clip(light(pixels) @ to_2020.T, 0, 1) * white / 10_000) ** (2610 / 16384)
    coded = ((3424 / 4096 + 2413 / 128 * power) / (1 + 2392 / 128 * power)) ** (2523 / 32)
    return np.asarray(np.round(coded * 65535), np.uint16)


def tiff(pixels: Array, **options: object) -> bytes:
    file = io.BytesIO()
    tifffile.imwrite(file, pixels, **options)  # type: ignore[arg-type]
    return file.getvalue()


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def with_chunk(png: bytes, kind: bytes, content: bytes) -> bytes:
    """A PNG with one chunk more, behind its header."""
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return png[:33] + chunk + png[33:]


def photoshop(pixels: Array, mode: int, *, packed: bool, layers: int = 0) -> bytes:
    """A Photoshop document of rows x columns x channels, in one of its modes, its rows packed or not."""
    rows, columns, channels = pixels.shape
    bits = pixels.itemsize * 8
    head = b"8BPS" + struct.pack(">H6xHIIHH", 1, channels, rows, columns, bits, mode) + bytes(8)
    head += struct.pack(">IIh", 6, 2, layers)
    planes = pixels.transpose(2, 0, 1).astype(pixels.dtype.newbyteorder(">"))
    if not packed:
        return head + struct.pack(">H", 0) + planes.tobytes()
    lines = [imagecodecs.packbits_encode(line.tobytes()) for plane in planes for line in plane]
    return head + struct.pack(f">H{len(lines)}H", 1, *map(len, lines)) + b"".join(lines)


def shown(content: bytes, recipe: tuple[RenditionSpec, ...] = RECIPE) -> Rendering:
    return render(io.BytesIO(content), recipe)


def difference(rendering: Rendering, wanted: NDArray[np.uint8]) -> float:
    """The mean Delta E 2000 of the largest rendition and a picture of its size."""
    seen = np.asarray(Image.open(io.BytesIO(rendering.renditions[0].content)).convert("RGB"))
    wanted = np.repeat(wanted[..., None], 3, axis=2) if wanted.ndim == 2 else wanted
    assert seen.shape == wanted.shape
    return float(deltaE_ciede2000(rgb2lab(wanted), rgb2lab(seen)).mean())


def stacked(*bands: Array) -> Array:
    """Bands of rows x columns, or rows x columns x bands, beside each other."""
    parts: Iterable[Array] = (band[..., None] if band.ndim == 2 else band for band in bands)
    return np.concatenate(list(parts), axis=2)
