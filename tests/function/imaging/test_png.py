"""PNG has two decoders, and nobody sees which of them it was."""

import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
import pyvips
from kornia_rs import io as crate
from PIL import Image, ImageCms

from function.contract.recipe import RenditionSpec
from function.errors import BrokenImageError, TooLargeError
from function.imaging import bounds
from function.imaging.formats import libvips
from function.imaging.profiles import ADOBE_RGB
from function.imaging.render import render
from tests.support.pictures import CORNERS, corners, distance, encoded, quarters, rotate_to_sensor

RECIPE = (RenditionSpec(64, 95), RenditionSpec(32, 95))
CLOSE = 6.0
WIDTH, HEIGHT = 96, 64
HEAD_END = 33  # the signature and the header's chunk


def noise(mode: str = "RGB") -> Image.Image:
    pixels = np.random.default_rng(1).integers(0, 255, (HEIGHT, WIDTH, 4), np.uint8)
    return Image.fromarray(pixels).convert(mode)


def saved(image: Image.Image, **options: object) -> bytes:
    return encoded(image, "PNG", **options).getvalue()


def by_libvips(pixels: np.ndarray, interpretation: str = "srgb", **options: object) -> bytes:
    content: bytes = pyvips.Image.new_from_array(pixels).copy(interpretation=interpretation).pngsave_buffer(**options)
    return content


def turned(orientation: int) -> bytes:
    image, exif = rotate_to_sensor(orientation, quarters())
    return saved(image, exif=exif)


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunk(content: bytes, kind: bytes, body: bytes) -> bytes:
    """The file with one more chunk behind its header."""
    return content[:HEAD_END] + chunk(kind, body) + content[HEAD_END:]


def frame(width: int, height: int) -> bytes:
    """The content of a chunk that describes an animation's first frame."""
    return struct.pack(">IIIIIHHBB", 0, width, height, 0, 0, 1, 10, 0, 0)


def animated(width: int = WIDTH, height: int = HEIGHT) -> bytes:
    framed = with_chunk(saved(Image.fromarray(quarters())), b"fcTL", frame(width, height))
    return with_chunk(framed, b"acTL", struct.pack(">II", 1, 0))


# What the crate decodes, and what libvips is left with.
QUICK: dict[str, Callable[[], bytes]] = {
    "colour": lambda: saved(noise()),
    "alpha": lambda: saved(noise("RGBA")),
    "grey": lambda: saved(noise("L")),
    "interlaced": lambda: by_libvips(np.asarray(noise()), interlace=True),
    "interlaced alpha": lambda: by_libvips(np.asarray(noise("RGBA")), interlace=True),
    "a wide profile": lambda: saved(noise(), icc_profile=ADOBE_RGB),
    "a wide profile and alpha": lambda: saved(noise("RGBA"), icc_profile=ADOBE_RGB),
    "a profile of sRGB": lambda: saved(
        noise(), icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    ),
    "on its side": lambda: turned(6),
    "mirrored": lambda: turned(5),
    "animated": animated,
}
LEFT: dict[str, Callable[[], bytes]] = {
    "a palette": lambda: saved(noise().quantize(16)),
    "sixteen bits": lambda: by_libvips(np.asarray(noise()).astype(np.uint16) * 257, "rgb16"),
    "grey and alpha": lambda: saved(noise("LA")),
    "one bit": lambda: saved(noise("1")),
    "a colour that is none": lambda: with_chunk(saved(noise()), b"tRNS", bytes(6)),
    "a grey that is none": lambda: with_chunk(saved(noise("L")), b"tRNS", bytes(2)),
}


@pytest.fixture
def without_the_crate(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def refuse(*_: object) -> None:
        raise ValueError("not by the crate")

    return lambda: monkeypatch.setattr(crate, "decode_image_png_u8", refuse)


@pytest.fixture
def never_the_crate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crate, "decode_image_png_u8", lambda *_: pytest.fail("the crate was asked"))


def renditions(content: bytes) -> list[tuple[int, int, bytes]]:
    return [(r.width, r.height, r.content) for r in render(io.BytesIO(content), RECIPE).renditions]


@pytest.mark.parametrize("kind", QUICK)
def test_both_decoders_give_the_same_renditions(kind: str, without_the_crate: Callable[[], None]) -> None:
    content = QUICK[kind]()
    quick = renditions(content)
    without_the_crate()
    assert renditions(content) == quick


@pytest.mark.parametrize("kind", QUICK)
def test_what_has_eight_bits_is_decoded_once_and_by_the_crate(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(libvips, "decode")
    assert renditions(QUICK[kind]())


@pytest.mark.usefixtures("never_the_crate")
@pytest.mark.parametrize("kind", LEFT)
def test_what_the_crate_has_no_words_for_is_shown_by_libvips(kind: str) -> None:
    assert [size[:2] for size in renditions(LEFT[kind]())] == [(64, 43), (32, 21)]


def test_a_colour_that_stands_for_nothing_is_white() -> None:
    red = struct.pack(">HHH", *CORNERS[0])
    content = with_chunk(saved(Image.fromarray(quarters())), b"tRNS", red)
    seen = corners(render(io.BytesIO(content), RECIPE).renditions[0].content)
    for colour, wanted in zip(seen, ((255, 255, 255), *CORNERS[1:]), strict=True):
        assert distance(colour, wanted) < CLOSE


@pytest.mark.parametrize("kind", [*QUICK, *LEFT])
@pytest.mark.parametrize("tenth", range(1, 11))
def test_what_ends_too_soon_is_never_shown(kind: str, tenth: int) -> None:
    content = (QUICK | LEFT)[kind]()
    # The last of the tenths ends within the pixels too: after them come their checksum and the last chunk.
    cut = content[: (len(content) - 20) * tenth // 10]
    with pytest.raises(BrokenImageError):
        render(io.BytesIO(cut), RECIPE)


@pytest.mark.parametrize("kind", ["colour", "alpha", "grey", "interlaced", "interlaced alpha"])
def test_a_changed_bit_is_found(kind: str) -> None:
    content = bytearray(QUICK[kind]())
    content[len(content) // 2 + 20] ^= 1
    with pytest.raises(BrokenImageError):
        render(io.BytesIO(bytes(content)), RECIPE)


def test_fewer_rows_than_the_header_has_are_never_filled_up() -> None:
    rows = b"".join(b"\x00" + row.tobytes() for row in quarters()[: HEIGHT // 2])
    whole = saved(Image.fromarray(quarters()))
    content = whole[:HEAD_END] + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    with pytest.raises(BrokenImageError):
        render(io.BytesIO(content), RECIPE)


def test_an_animation_that_the_crate_refuses_is_shown_by_libvips() -> None:
    seen = corners(render(io.BytesIO(animated(WIDTH // 2, HEIGHT // 2)), RECIPE).renditions[0].content)
    assert max(map(distance, seen, CORNERS)) < CLOSE


@pytest.mark.usefixtures("never_the_crate")
def test_what_memory_would_not_hold_is_decoded_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_HELD_PIXELS", WIDTH * HEIGHT - 1)
    assert [size[:2] for size in renditions(saved(noise()))] == [(64, 43), (32, 21)]


@pytest.mark.usefixtures("never_the_crate")
def test_what_is_too_long_is_refused_by_its_header() -> None:
    with pytest.raises(TooLargeError):
        render(encoded(Image.new("L", (bounds.LONGEST_SIDE + 1, 1)), "PNG"), RECIPE)
