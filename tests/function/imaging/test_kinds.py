"""Every depth, packing, colour coding and layout that is drawn looks like the picture that it was made of."""

import io
import struct
from collections.abc import Callable

import imagecodecs
import numpy as np
import pillow_heif
import pytest
import pyvips
from PIL import Image, ImageCms
from skimage.color import rgb2lab

from function.errors import NotAPhotoError
from function.imaging.profiles import ADOBE_RGB
from tests.function.imaging.scenes import (
    HEIGHT,
    WIDTH,
    Array,
    difference,
    grey,
    light,
    photoshop,
    pq,
    saved,
    scene,
    shown,
    stacked,
    tiff,
    with_chunk,
    words,
)
from tests.support import raws
from tests.support.pictures import encoded

CLOSE, LOSSY, HDR = 2.0, 3.0, 6.0
BYTES, GREY = scene(), grey()
WORDS, GREY_WORDS = words(BYTES), words(GREY)
OPAQUE = np.full((HEIGHT, WIDTH, 1), 65535, np.uint16)
HALF = np.full((HEIGHT, WIDTH, 1), 128, np.uint8)
PQ_PRIMARIES, PQ_TRANSFER = 9, 16
PACKINGS = ("lzw", "deflate", "zstd", "lzma", "lerc", "jpegxl", "jpeg2000", "packbits")

Make = Callable[[], bytes | bytearray]


def planes(pixels: Array, **options: object) -> bytes:
    return tiff(np.moveaxis(pixels, 2, 0).copy(), planarconfig="separate", photometric="rgb", **options)


def lab(bits: int, *, offset: bool) -> Array:
    """CIELAB's numbers; a* and b* signed, or with an offset."""
    colours = pyvips.Image.new_from_array(BYTES).copy(interpretation="srgb")
    numbers = colours.icc_import(input_profile="srgb", pcs="lab").numpy()
    step = 1 << bits - 8
    lightness = numbers[..., 0] * (2**bits - 1) / 100
    around = np.round(numbers[..., 1:] * step).astype(np.int64) + (128 * step if offset else 0)
    packed = stacked(np.round(lightness).astype(np.int64), around) % 2**bits
    return np.asarray(packed, np.uint8 if bits == 8 else np.uint16)


def heic(mode: str, pixels: Array, **options: object) -> bytes:
    file = io.BytesIO()
    pillow_heif.from_bytes(mode, (WIDTH, HEIGHT), pixels.tobytes()).save(file, quality=98, **options)
    return file.getvalue()


def hdr_heic() -> bytes:
    nclx = {"color_primaries": PQ_PRIMARIES, "transfer_characteristics": PQ_TRANSFER, "matrix_coefficients": 9}
    return heic("RGB;16", pq(BYTES), chroma=444, save_nclx_profile=True, **nclx)


def cmyk() -> Array:
    ink = pyvips.Image.new_from_array(BYTES // 2 + 100).copy(interpretation="srgb")
    return ink.icc_transform("cmyk", input_profile="srgb", depth=8).numpy()  # type: ignore[no-any-return]


def linear_png() -> bytes:
    pixels = np.round(light(BYTES) * 65535).astype(np.uint16)
    return pyvips.Image.new_from_array(pixels).copy(interpretation="rgb16").pngsave_buffer()  # type: ignore[no-any-return]


def png_in_p3() -> bytes:
    wide = pyvips.Image.new_from_array(BYTES).copy(interpretation="srgb").icc_transform("p3", input_profile="srgb")
    return wide.pngsave_buffer(keep="none")  # type: ignore[no-any-return]


def pq_png() -> bytes:
    png = pyvips.Image.new_from_array(pq(BYTES)).copy(interpretation="rgb16").pngsave_buffer()
    return with_chunk(png, b"cICP", bytes((PQ_PRIMARIES, PQ_TRANSFER, 0, 1)))


def packed(name: str, **options: object) -> Make:
    return lambda: tiff(WORDS, photometric="rgb", compression=name, **options)


COLOURED: dict[str, Make] = {
    **{f"tiff of 16 bits, {name}": packed(name) for name in PACKINGS},
    **{
        f"tiff of 16 bits, {name} with a predictor": packed(name, predictor=True, byteorder=">")
        for name in ("lzw", "deflate", "zstd", "lzma")
    },
    "tiff of floats": lambda: tiff(light(BYTES), photometric="rgb", compression="zstd"),
    "tiff of planes": lambda: planes(WORDS, compression="zstd"),
    "tiff of planes in tiles": lambda: planes(WORDS, tile=(64, 64), compression="lzw", predictor=True),
    "tiff of planes in packed tiles": lambda: planes(WORDS, tile=(64, 64), compression="lzma"),
    "tiff with two more channels": lambda: tiff(stacked(BYTES, HALF, HALF), photometric="rgb", extrasamples=[0, 0]),
    "tiff with a selection": lambda: tiff(stacked(BYTES, HALF), photometric="rgb", extrasamples=[0]),
    "tiff with an opaque alpha": lambda: tiff(stacked(WORDS, OPAQUE), photometric="rgb", extrasamples=[1]),
    "tiff with an opaque alpha and a profile": lambda: tiff(
        stacked(WORDS, OPAQUE),
        photometric="rgb",
        extrasamples=[1],
        iccprofile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    ),
    "bigtiff": lambda: tiff(WORDS, photometric="rgb", bigtiff=True, compression="zstd"),
    "tiff of cielab in 8 bits": lambda: tiff(lab(8, offset=False), photometric="cielab", compression="deflate"),
    "tiff of cielab in 16 bits": lambda: tiff(lab(16, offset=False), photometric="cielab"),
    "tiff of icclab": lambda: tiff(lab(8, offset=True), photometric="icclab"),
    "tiff of ycbcr": lambda: saved(Image.fromarray(BYTES).convert("YCbCr"), "TIFF"),
    "psd of 8 bits": lambda: photoshop(BYTES, 3, packed=True),
    "psd of 16 bits": lambda: photoshop(WORDS, 3, packed=False),
    "psd of 16 packed bits": lambda: photoshop(WORDS, 3, packed=True),
    "psd of floats": lambda: photoshop(light(BYTES), 3, packed=False),
    "psd of lab": lambda: photoshop(lab(8, offset=True), 9, packed=True),
    "psd with a selection": lambda: photoshop(stacked(BYTES, HALF), 3, packed=True),
    "jxl of 16 bits": lambda: imagecodecs.jpegxl_encode(
        np.round(light(BYTES) * 65535).astype(np.uint16), lossless=True
    ),
    "jpeg 2000": lambda: saved(Image.fromarray(BYTES), "JPEG2000"),
    "jpeg 2000 of 16 bits": lambda: imagecodecs.jpeg2k_encode(WORDS, level=0, reversible=True),
    "png of linear light by gAMA": lambda: with_chunk(linear_png(), b"gAMA", (100_000).to_bytes(4)),
    "png of linear light by cICP": lambda: with_chunk(linear_png(), b"cICP", bytes((1, 8, 0, 1))),
    "png in display p3 by cICP": lambda: with_chunk(png_in_p3(), b"cICP", bytes((12, 13, 0, 1))),
}
GREYS: dict[str, Make] = {
    "tiff of 16 bits with a camera's name": lambda: tiff(
        GREY_WORDS, photometric="minisblack", extratags=[(271, 2, 0, "Canon", True)]
    ),
    "tiff of 8 bits with a camera's name": lambda: tiff(
        GREY, photometric="minisblack", extratags=[(271, 2, 0, "Phase One", True)]
    ),
    "tiff of floats": lambda: tiff(light(GREY), photometric="minisblack"),
    "tiff of floats to 255": lambda: tiff(GREY.astype(np.float32), photometric="minisblack"),
    "tiff of signed numbers": lambda: tiff(
        (GREY_WORDS.astype(np.int32) - 32768).astype(np.int16), photometric="minisblack"
    ),
    "tiff of signed numbers above 0": lambda: tiff((GREY_WORDS >> 1).astype(np.int16), photometric="minisblack"),
    "tiff of unsigned numbers that are called signed": lambda: tiff(GREY.view(np.int8), photometric="minisblack"),
    "tiff of 32 bits": lambda: tiff(GREY.astype(np.uint32) * 0x1010101, photometric="minisblack"),
    "tiff in which white is 0": lambda: tiff(65535 - GREY_WORDS, photometric="miniswhite"),
    "tiff of floats in which white is 0": lambda: tiff(1 - light(GREY), photometric="miniswhite"),
    "psd of 16 bits": lambda: photoshop(GREY_WORDS[..., None], 1, packed=True),
    "heic of 16 bits": lambda: heic("L;16", GREY_WORDS),
    "jxl of 16 bits": lambda: imagecodecs.jpegxl_encode(np.round(light(GREY) * 65535).astype(np.uint16), lossless=True),
    "jxl of floats": lambda: imagecodecs.jpegxl_encode(light(GREY), lossless=True),
    "jpeg 2000 of 16 bits": lambda: saved(Image.fromarray(GREY_WORDS), "JPEG2000"),
}
HDRS: dict[str, Make] = {"heic": hdr_heic, "png": pq_png}


@pytest.mark.parametrize("kind", COLOURED)
def test_colours_of_every_kind(kind: str) -> None:
    rendering = shown(bytes(COLOURED[kind]()))
    assert difference(rendering, BYTES) < CLOSE
    assert rendering.partial_reason is None


@pytest.mark.parametrize("kind", GREYS)
def test_greys_of_every_kind(kind: str) -> None:
    rendering = shown(bytes(GREYS[kind]()))
    assert difference(rendering, GREY) < CLOSE
    assert rendering.format in kind.replace("jpeg 2000", "jp2").replace("heic", "heif")


@pytest.mark.parametrize("kind", HDRS)
def test_hdr_is_shown_with_its_white_at_203_nits(kind: str) -> None:
    assert difference(shown(bytes(HDRS[kind]())), BYTES) < LOSSY


def test_highlights_of_hdr_are_compressed_and_not_clipped() -> None:
    ramp = np.repeat(np.arange(WIDTH, dtype=np.uint8)[None], HEIGHT, axis=0)
    bright = pyvips.Image.new_from_array(pq(stacked(ramp, ramp, ramp), white=1500)).copy(interpretation="rgb16")
    rendering = shown(with_chunk(bright.pngsave_buffer(), b"cICP", bytes((PQ_PRIMARIES, PQ_TRANSFER, 0, 1))))
    row = np.asarray(Image.open(io.BytesIO(rendering.renditions[0].content)).convert("L"))[64].astype(int)
    assert len(set(row[-90:])) > 6
    assert row.max() > 250


@pytest.mark.parametrize("bits", [8, 16])
def test_ink_of_photoshop_and_of_tiff_is_the_same(bits: int) -> None:
    ink = cmyk() if bits == 8 else words(cmyk())
    by_tiff = shown(tiff(ink, photometric="separated"))
    assert difference(by_tiff, BYTES // 2 + 100) < LOSSY
    by_photoshop = shown(photoshop(np.iinfo(ink.dtype).max - ink, 4, packed=True))
    assert difference(by_photoshop, BYTES // 2 + 100) < LOSSY


def test_a_grey_jpeg_is_shown_by_its_profile() -> None:
    curve = b"curv" + bytes(4) + (1).to_bytes(4) + (256).to_bytes(2) + bytes(2)  # light is linear
    tags = ((b"wtpt", b"XYZ " + bytes(4) + b"\x00\x00\xf6\xd6\x00\x01\x00\x00\x00\x00\xd3\x2d"), (b"kTRC", curve))
    start, table, content = 128 + 4 + 12 * len(tags), b"", b""
    for name, value in tags:
        table += name + (start + len(content)).to_bytes(4) + len(value).to_bytes(4)
        content += value
    head = (start + len(content)).to_bytes(4) + bytes(4) + b"\x02\x10\x00\x00mntrGRAYXYZ " + bytes(12) + b"acsp"
    profile = head.ljust(68, b"\x00") + b"\x00\x00\xf6\xd6\x00\x01\x00\x00\x00\x00\xd3\x2d"
    profile = profile.ljust(128, b"\x00") + len(tags).to_bytes(4) + table + content
    coded = np.round(light(GREY) * 255).astype(np.uint8)
    assert difference(shown(saved(Image.fromarray(coded), "JPEG", quality=98, icc_profile=profile)), GREY) < LOSSY


def test_of_a_tiff_the_page_in_full_is_shown() -> None:
    import tifffile

    small = BYTES[::4, ::4].copy()
    file, within = io.BytesIO(), io.BytesIO()
    with tifffile.TiffWriter(file) as pages:
        pages.write(small, photometric="rgb", subfiletype=1)
        pages.write(BYTES, photometric="rgb", subfiletype=0)
    with tifffile.TiffWriter(within) as pages:
        pages.write(small, photometric="rgb", subfiletype=1, subifds=1)
        pages.write(BYTES, photometric="rgb", compression="zstd")
    for written in (file, within):
        assert difference(shown(written.getvalue()), BYTES) < CLOSE


def in_adobe_rgb() -> Image.Image:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(ADOBE_RGB))
    found = ImageCms.profileToProfile(Image.fromarray(BYTES), ImageCms.createProfile("sRGB"), profile)
    assert found
    found.info.pop("icc_profile", None)
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_exif_says_that_colours_are_adobes(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 1
    exif.get_ifd(0x8769)[0xA001] = 65535  # of no space of its own list
    exif.get_ifd(0x8769)[0xA005] = {1: "R03"}
    options = {"quality": 98} if kind in ("JPEG", "WEBP") else {}
    assert difference(shown(saved(in_adobe_rgb(), kind, exif=exif, **options)), BYTES) < LOSSY


def test_exif_of_a_tiff_says_that_colours_are_adobes() -> None:
    elsewhere = 0x12345678
    content = tiff(np.asarray(in_adobe_rgb()), photometric="rgb", extratags=[(34664, 4, 1, elsewhere, True)])
    content = content.replace(struct.pack("<HH", 34664, 4), struct.pack("<HH", 34665, 4))  # EXIF's directory
    end = len(content)
    content = content.replace(struct.pack("<I", elsewhere), struct.pack("<I", end))
    content += struct.pack("<HHHIII", 1, 40965, 4, 1, end + 18, 0) + struct.pack("<HHHI4sI", 1, 1, 2, 4, b"R03", 0)
    assert difference(shown(content), BYTES) < CLOSE


@pytest.mark.parametrize("brand", [b"mif1", b"miaf", b"MA1B", b"mif2", b"msf1", b"avio", b"1pic", b"????"])
def test_an_avif_is_one_by_its_compatible_brands(brand: bytes) -> None:
    content = bytearray(saved(Image.fromarray(BYTES), "AVIF", quality=95))
    content[8:12] = brand
    rendering = shown(bytes(content))
    assert rendering.format == "avif"
    assert difference(rendering, BYTES) < LOSSY


@pytest.mark.parametrize("brand", [b"mif1", b"mif3", b"hevm", b"MiHB", b"MiHA", b"MiHE", b"1pic", b"????"])
def test_a_heic_is_one_by_its_compatible_brands(brand: bytes) -> None:
    content = bytearray(encoded(Image.fromarray(BYTES), "HEIF", quality=95).getvalue())
    content[8:12] = brand
    rendering = shown(bytes(content))
    assert rendering.format == "heif"
    assert difference(rendering, BYTES) < LOSSY


def test_a_film_that_names_a_pictures_brand_is_a_film() -> None:
    content = b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00heicmif1" + b"\x00\x00\x00\x28moov" + bytes(32)
    with pytest.raises(NotAPhotoError, match="video"):
        shown(content)


def test_a_heic_without_a_turn_is_turned_by_exif() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = np.ascontiguousarray(np.rot90(BYTES))
    made = pillow_heif.from_bytes("RGB", (HEIGHT, WIDTH), lying.tobytes())
    file = io.BytesIO()
    made.save(file, quality=95, exif=exif.tobytes())
    content = file.getvalue().replace(b"irot", b"free")
    rendering = shown(content)
    assert (rendering.width, rendering.height) == (WIDTH, HEIGHT)
    assert difference(rendering, BYTES) < LOSSY


def jxl_dng(pixels: Array, **options: object) -> bytes:
    extra = [(50706, 1, 4, (1, 7, 1, 0), True), (50708, 2, 0, "Maker", True), (271, 2, 0, "Maker", True)]
    extra.append((50728, 5, 3, (1, 1, 1, 1, 1, 1), True))  # the light that it was taken in is neutral
    return tiff(pixels, photometric=34892, compression=52546, extratags=extra, **options)


@pytest.mark.parametrize("options", [{"rowsperstrip": 50}, {"tile": (64, 64)}])
def test_a_dng_of_jpeg_xl_is_developed(options: dict[str, object]) -> None:
    linear = np.round(light(BYTES) * 65535).astype(np.uint16)
    rendering = shown(jxl_dng(linear, **options))
    assert (rendering.format, rendering.width, rendering.height) == ("raw", WIDTH, HEIGHT)
    assert difference(rendering, BYTES) < CLOSE


def test_a_large_dng_of_jpeg_xl_is_shrunk_before_it_is_developed() -> None:
    linear = np.round(light(BYTES.repeat(4, axis=0).repeat(4, axis=1)) * 65535).astype(np.uint16)
    rendering = shown(jxl_dng(linear, tile=(256, 256)))
    assert (rendering.width, rendering.height) == (4 * WIDTH, 4 * HEIGHT)
    wanted = np.asarray(Image.fromarray(BYTES).resize((256, 171), Image.Resampling.BICUBIC))
    assert difference(rendering, wanted) < LOSSY


def test_a_mosaic_of_jpeg_xl_is_put_in_its_order() -> None:
    from function.files import tiff as directories
    from function.imaging.formats.raw import jxl_tiles

    mosaic = np.arange(64 * 96, dtype=np.uint16).reshape(64, 96)
    rows = np.concatenate([mosaic[0::2], mosaic[1::2]])
    stored = np.concatenate([rows[:, 0::2], rows[:, 1::2]], axis=1)
    extra = [(50706, 1, 4, (1, 7, 1, 0), True), (50975, 3, 1, 2, True), (52547, 3, 1, 2, True)]
    file = io.BytesIO(tiff(stored, photometric=32803, compression=52546, extratags=extra))
    written = jxl_tiles.unpacked(file, 64)
    at, size = directories.first(written).pixel_ranges()[0]
    assert np.array_equal(np.frombuffer(written.getvalue()[at : at + size], "<u2").reshape(64, 96), mosaic)


def test_a_dng_without_a_mosaic_is_still_raw() -> None:
    assert shown(raws.dng()).format == "raw"


def test_the_scene_is_no_trivial_one() -> None:
    assert float(rgb2lab(BYTES).std()) > 10
