"""Of a damaged or cut file no picture is ever called whole: it is partial with a reason, or failed."""

import io
import struct

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from function.errors import BrokenImageError, PhotoError, UnsupportedFormatError
from function.files import tiff as directories
from function.imaging.formats import jpeg_scans
from local.samples.heic import grid
from tests.function.imaging.scenes import difference, saved, scene, shown, tiff
from tests.support import raws
from tests.support.pictures import encoded, quarters

BYTES = scene()
EOI = b"\xff\xd9"


def jpeg(**options: object) -> bytes:
    return saved(Image.fromarray(BYTES), "JPEG", quality=92, **options)


def half_of(content: bytes) -> bytes:
    return content[: len(content) * 6 // 10] + EOI


def zeroed(content: bytes) -> bytes:
    """The content with zeros in its middle, as a card that failed leaves it."""
    begin, end = len(content) * 4 // 10, len(content) * 6 // 10
    return content[:begin] + bytes(end - begin) + content[end:]


def without_a_part(content: bytes) -> bytes:
    """The content without what lies between two of its restart markers."""
    begin, end = content.index(b"\xff\xd2"), content.index(b"\xff\xd5")
    return content[:begin] + content[end:]


DAMAGED = {
    "half of it, with its end mark": half_of(jpeg()),
    "half of it, progressive": half_of(jpeg(progressive=True)),
    "half of it, in ink": half_of(saved(Image.fromarray(BYTES).convert("CMYK"), "JPEG", quality=92)),
    "zeros in the middle": zeroed(jpeg()),
    "a gap between restarts": without_a_part(jpeg(restart_marker_blocks=4)),
    "no end mark": jpeg()[:-2],
    "strips that are damaged": zeroed(tiff(BYTES, photometric="rgb", compression="deflate", rowsperstrip=8)),
    "LZW that is damaged": zeroed(tiff(BYTES, photometric="rgb", compression="lzw", rowsperstrip=8)),
}


def noisy() -> Image.Image:
    noise = np.random.default_rng(1).integers(-20, 20, (512, 768, 3))
    large = np.asarray(Image.fromarray(BYTES).resize((768, 512))).astype(np.int64) + noise
    return Image.fromarray(large.clip(0, 255).astype(np.uint8))


ZEROED = {
    "heic": lambda: encoded(noisy(), "HEIF", quality=90).getvalue(),
    "heic of tiles": lambda: grid(np.asarray(noisy()), 80),
    "avif": lambda: saved(noisy(), "AVIF", quality=90),
    "webp": lambda: saved(noisy(), "WEBP", quality=90),
    "webp lossless": lambda: saved(noisy(), "WEBP", lossless=True),
    "jpeg 2000": lambda: saved(noisy(), "JPEG2000"),
    "jxl": lambda: saved(noisy(), "JXL", quality=90),
}


@pytest.mark.parametrize("kind", ZEROED)
def test_zeros_that_a_decoder_smooths_over_are_found(kind: str) -> None:
    content = ZEROED[kind]()
    assert shown(content).partial_reason is None
    try:
        rendering = shown(zeroed(content))
    except BrokenImageError:
        return
    assert rendering.partial_reason


@pytest.mark.parametrize("tenth", range(3, 10))
def test_a_heic_whose_last_tiles_are_missing_is_not_whole(tenth: int) -> None:
    content = grid(np.asarray(noisy()), 80)
    try:
        rendering = shown(content[: len(content) * tenth // 10])
    except PhotoError:
        return
    assert rendering.partial_reason


@pytest.mark.parametrize("kind", DAMAGED)
def test_what_is_damaged_is_partial_or_failed(kind: str) -> None:
    try:
        rendering = shown(DAMAGED[kind])
    except BrokenImageError:
        return
    assert rendering.partial_reason


def test_all_pixels_without_the_end_mark_are_shown() -> None:
    rendering = shown(jpeg()[:-2])
    assert difference(rendering, BYTES) < 3
    assert rendering.partial_reason == jpeg_scans.CUT


def test_hardly_anything_of_a_picture_is_a_failure() -> None:
    content = jpeg()
    with pytest.raises(BrokenImageError):
        shown(content[: content.index(b"\xff\xda") + 20] + EOI)


def test_a_few_odd_bytes_behind_the_pixels_are_no_damage() -> None:
    for odd in (b"\x12\x34", bytes(500)):
        rendering = shown(jpeg()[:-2] + odd + EOI)
        assert rendering.partial_reason is None
    assert shown(jpeg()[:-2] + bytes(range(1, 200)) * 3 + EOI).partial_reason


def test_a_progressive_photo_without_its_last_scans_is_not_whole() -> None:
    content = jpeg(progressive=True)
    last = content.rindex(b"\xff\xc4")  # the tables of the last scan
    rendering = shown(content[:last] + EOI)
    assert rendering.partial_reason == jpeg_scans.BLURRED
    assert shown(content).partial_reason is None


def test_a_tiff_that_ends_within_its_strips_is_shown_as_far_as_it_goes() -> None:
    content = tiff(BYTES, photometric="rgb", rowsperstrip=8)
    rendering = shown(content[: len(content) * 6 // 10])
    assert rendering.partial_reason
    with pytest.raises(PhotoError):
        shown(content[: content.index(BYTES[:8].tobytes())])


def test_a_dng_that_ends_before_its_pixels_is_refused() -> None:
    content = raws.dng(quarters(480, 320))
    with pytest.raises(PhotoError):
        shown(content[: len(content) // 50])
    rendering = shown(content[: len(content) * 7 // 10])
    assert rendering.partial_reason


def test_panasonics_pixels_are_looked_for_where_it_says() -> None:
    entries = ((2, 3, 4000), (3, 3, 3000), (0x111, 4, 0xFFFFFFFF), (0x118, 4, 600))
    table = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in (*entries, (46, 7, 0)))
    content = b"IIU\x00" + struct.pack("<IH", 8, 5) + table + bytes(4)
    with pytest.raises(PhotoError):
        shown(content.ljust(12_000, b"\x55"))


def test_places_that_no_file_has_are_no_fault_of_safelight() -> None:
    content = bytearray(tiff(BYTES, photometric="rgb", bigtiff=True))
    at = content.index(struct.pack("<HH", 273, 16)) + 12
    for place in (1 << 63, (1 << 64) - 1, 1 << 40):
        content[at : at + 8] = struct.pack("<Q", place)
        with pytest.raises(BrokenImageError):
            shown(bytes(content))


@pytest.mark.parametrize(("tag", "kind", "value", "name"), [(259, 3, 34661, "JBIG"), (258, 3, 12, "12 bits")])
def test_what_is_not_drawn_is_named(tag: int, kind: int, value: int, name: str) -> None:
    content = bytearray(tiff(np.ascontiguousarray(BYTES[..., 0]), photometric="minisblack"))
    at = content.index(struct.pack("<HHI", tag, kind, 1)) + 8
    content[at : at + 2] = struct.pack("<H", value)
    with pytest.raises(UnsupportedFormatError, match=name):
        shown(bytes(content))


@pytest.mark.parametrize(
    ("content", "name"), [(imagecodecs.jpegls_encode(BYTES), "JPEG-LS"), (b"qoif" + bytes(40), "QOI")]
)
def test_pictures_of_other_kinds_are_named(content: bytes, name: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=name):
        shown(bytes(content))


@pytest.mark.parametrize(("marker", "bits", "name"), [(0xC3, 8, "lossless"), (0xC1, 12, "12 bits")])
def test_kinds_of_jpeg_that_are_not_drawn_are_named(marker: int, bits: int, name: str) -> None:
    content = bytearray(jpeg())
    at = content.index(b"\xff\xc0")
    content[at + 1], content[at + 4] = marker, bits
    with pytest.raises(UnsupportedFormatError, match=name):
        shown(bytes(content))


@pytest.mark.parametrize(
    "content",
    [
        b"qoif" + bytes(60),
        struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, 20, 20, 8, 7) + bytes(60),
        b"\xff\xd8\xff\xc3\0\x0b\x08\0\x10\0\x10\1\1\x11\0" + bytes(60),
    ],
)
def test_a_refusal_names_the_next_step(content: bytes) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"Save it as JPEG or TIFF"):
        shown(content)


def test_no_words_of_a_library_reach_the_owner() -> None:
    for content in (jpeg()[:300], tiff(BYTES, photometric="rgb", compression="lzw")[:400], b"8BPS\x00\x01" + bytes(30)):
        with pytest.raises(PhotoError) as refused:
            shown(content)
        said = str(refused.value)
        assert not any(word in said.lower() for word in ("vips", "libjpeg", "tiff2", "(", "error", "decoder"))


def test_of_a_damaged_file_its_good_part_is_shown() -> None:
    content = jpeg()
    seen = Image.open(io.BytesIO(shown(half_of(content)).renditions[0].content)).convert("RGB")
    top = np.asarray(seen)[:40].astype(int)
    assert np.abs(top - BYTES[:40]).mean() < 6


def test_a_directory_far_behind_the_files_end_is_an_empty_one() -> None:
    head = struct.pack("<2sHHHQ", b"II", 43, 8, 0, 1 << 63)
    assert not directories.first(io.BytesIO(head)).entries
