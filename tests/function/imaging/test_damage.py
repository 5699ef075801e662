"""Damage that a decoder hides is found: wrong checksums, erased blocks, frames that end early, cut directories."""

import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from function.errors import PhotoError
from function.imaging.formats import gif_blocks
from tests.function.imaging.scenes import difference, saved, scene, shown, tiff, words
from tests.support.pictures import encoded

SCENE = scene()


def photo() -> Image.Image:
    """A picture whose packed pixels are large enough for a hole of some kilobytes."""
    noise = np.random.default_rng(2).integers(-20, 20, (512, 768, 3))
    large = np.asarray(Image.fromarray(SCENE).resize((768, 512))).astype(np.int64) + noise
    return Image.fromarray(large.clip(0, 255).astype(np.uint8))


def overwritten(content: bytes, byte: bytes) -> bytes:
    """The content with one byte all over a tenth of it, as an erased block of flash memory reads."""
    begin, end = len(content) * 5 // 10, len(content) * 6 // 10
    return content[:begin] + byte * (end - begin) + content[end:]


def tiles(**options: object) -> bytes:
    return tiff(np.asarray(photo()), photometric="rgb", tile=(64, 64), **options)


KINDS: dict[str, Callable[[], bytes]] = {
    "png": lambda: saved(photo(), "PNG"),
    "png, 16 bits": lambda: saved(Image.fromarray(words(np.asarray(photo().convert("L")))), "PNG"),
    "png of a drawing": lambda: saved(Image.fromarray(SCENE), "PNG"),
    "png of a drawing, 16 bits": lambda: saved(Image.fromarray(words(SCENE[..., 1])), "PNG"),
    "jpeg": lambda: saved(photo(), "JPEG", quality=90),
    "gif": lambda: saved(photo().quantize(64), "GIF"),
    "heic": lambda: encoded(photo(), "HEIF", quality=90).getvalue(),
    "avif": lambda: saved(photo(), "AVIF", quality=90),
    "webp": lambda: saved(photo(), "WEBP", quality=90),
    "tiles of Deflate": lambda: tiles(compression="deflate"),
    "tiles of LZW": lambda: tiles(compression="lzw"),
}


@pytest.mark.parametrize("byte", [b"\x00", b"\xff"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_erased_block_is_no_part_of_a_whole_picture(kind: str, byte: bytes) -> None:
    content = KINDS[kind]()
    assert shown(content).partial_reason is None
    try:
        rendering = shown(overwritten(content, byte))
    except PhotoError:
        return
    assert rendering.partial_reason


def test_a_marker_of_no_kind_within_a_jpegs_pixels_is_damage() -> None:
    content = saved(photo(), "JPEG", quality=90)
    half = len(content) // 2
    rendering = shown(content[:half] + b"\xff\x5a" + content[half + 2 :])
    assert rendering.partial_reason


def test_a_wrong_checksum_beside_the_pixels_is_no_damage() -> None:
    content = saved(Image.fromarray(words(np.asarray(photo().convert("L")))), "PNG", dpi=(300, 300))
    at = content.index(b"pHYs") + 4 + 9
    rendering = shown(content[:at] + bytes(4) + content[at + 4 :])
    assert rendering.partial_reason is None


def test_an_odd_tag_of_tiles_is_no_damage() -> None:
    # libtiff warns of a resolution that is no number.
    odd: list[Any] = [(282, 5, 1, (0, 0), True)]
    rendering = shown(tiff(SCENE, photometric="rgb", tile=(64, 64), compression="deflate", extratags=odd))
    assert rendering.partial_reason is None
    assert difference(rendering, SCENE) < 3


def test_a_gif_before_another_is_whole_and_one_with_junk_behind_its_frame_is_not() -> None:
    content = saved(Image.fromarray(SCENE).quantize(64), "GIF")
    assert not gif_blocks.is_damaged(content)
    assert not gif_blocks.is_damaged(content[:-1])
    assert not gif_blocks.is_damaged(content[:-1] + content)
    assert gif_blocks.is_damaged(content[:-1] + bytes(3))
    assert gif_blocks.is_damaged(content[:10])


def test_a_dng_that_ends_within_its_first_directory_is_refused() -> None:
    values = ((256, 4, 360), (257, 4, 240), (258, 3, 8), (259, 3, 52546), (262, 3, 34892), (273, 4, 4000), (274, 3, 1))
    table = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in values)
    with pytest.raises(PhotoError):
        shown(struct.pack("<2sHIH", b"II", 42, 8, 30) + table)
