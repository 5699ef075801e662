"""Every format comes out upright, in the right colours and sizes, with no word about where it came from."""

import contextlib
import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from function.contract.recipe import RenditionSpec
from function.errors import BrokenImageError, EmptyFileError, NotAPhotoError, PhotoError, UnsupportedFormatError
from function.imaging.encode import encode_size
from function.imaging.render import render
from function.imaging.work import Size
from function.values.photo import State
from function.values.rendering import RenderedImage
from local.samples import Dng, write_dng
from local.samples.heic import grid
from tests.support.pictures import CORNERS, Make, corners, distance, encoded, heif, jxl, psd, quarters, rotate_to_sensor

RECIPE = tuple(RenditionSpec(size) for size in (64, 32))
# JPEG at quality 80 and chroma at half the size move a flat colour by less than this.
CLOSE = 6.0
# LibRaw brightens by what it finds in the picture, and ink is another thing than light: near in hue alone.
NEAR = {"raw": 25.0, "jpeg cmyk": 60.0}


def image(**size: int) -> Image.Image:
    return Image.fromarray(quarters(**size))


def dng(**written: object) -> io.BytesIO:
    from datetime import datetime
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.dng"
        write_dng(path, quarters(480, 320), Dng(datetime(2024, 5, 6, 7, 8, 9), **written))  # type: ignore[arg-type]  # noqa: DTZ001
        return io.BytesIO(path.read_bytes())


FORMATS: dict[str, Make] = {
    "jpeg": lambda: encoded(image(), "JPEG", quality=95, subsampling=0),
    "jpeg progressive": lambda: encoded(image(), "JPEG", quality=95, subsampling=0, progressive=True),
    "jpeg cmyk": lambda: encoded(image().convert("CMYK"), "JPEG", quality=95),
    "png": lambda: encoded(image(), "PNG"),
    "png palette": lambda: encoded(image().quantize(16), "PNG"),
    "png alpha": lambda: encoded(image().convert("RGBA"), "PNG"),
    "gif": lambda: encoded(image(), "GIF"),
    "webp": lambda: encoded(image(), "WEBP", quality=95),
    "webp lossless": lambda: encoded(image(), "WEBP", lossless=True),
    "tiff": lambda: encoded(image(), "TIFF"),
    "tiff lzw": lambda: encoded(image(), "TIFF", compression="tiff_lzw"),
    "tiff deflate": lambda: encoded(image(), "TIFF", compression="tiff_adobe_deflate"),
    "avif": lambda: encoded(image(), "AVIF", quality=95),
    "heif": lambda: heif(quarters()),
    "heif of tiles": lambda: io.BytesIO(grid(quarters(1230, 820), 80)),
    "jp2": lambda: encoded(image(), "JPEG2000"),
    "bmp": lambda: encoded(image(), "BMP"),
    "jxl": lambda: jxl(quarters()),
    "psd": lambda: psd(quarters()),
    "raw": dng,
}


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_rendered_in_its_colours(kind: str) -> None:
    rendering = render(FORMATS[kind](), RECIPE)
    assert rendering.format == kind.split(" ", maxsplit=1)[0]
    assert rendering.partial_reason is None
    assert [max(r.width, r.height) for r in rendering.renditions] == [64, 32]
    for rendition in rendering.renditions:
        for seen, wanted in zip(corners(rendition.content), CORNERS, strict=True):
            assert distance(seen, wanted) < NEAR.get(kind, CLOSE)


ORIENTED: dict[str, str] = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "tiff": "TIFF"}


@pytest.mark.parametrize("kind", ORIENTED)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_upright_whatever_its_orientation(kind: str, orientation: int) -> None:
    lying, exif = rotate_to_sensor(orientation, quarters())
    rendering = render(encoded(lying, ORIENTED[kind], exif=exif), RECIPE)
    assert (rendering.width, rendering.height) == (96, 64)
    assert (rendering.renditions[0].width, rendering.renditions[0].height) == (64, 43)
    for seen, wanted in zip(corners(rendering.renditions[0].content), CORNERS, strict=True):
        assert distance(seen, wanted) < 12


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_in_heif_the_containers_rotation_counts(kind: str, orientation: int) -> None:
    lying, exif = rotate_to_sensor(orientation, quarters())
    # Both encoders turn EXIF's orientation into the container's own.
    rendering = render(encoded(lying, kind, exif=exif.tobytes(), quality=95), RECIPE)
    assert (rendering.width, rendering.height) == (96, 64)
    for seen, wanted in zip(corners(rendering.renditions[0].content), CORNERS, strict=True):
        assert distance(seen, wanted) < 12


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_raw_is_upright_by_its_own_orientation(orientation: int) -> None:
    from datetime import datetime
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from local.samples.album import LAID

    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.dng"
        pixels = np.ascontiguousarray(LAID[orientation](quarters(480, 320)))
        write_dng(path, pixels, Dng(datetime(2024, 5, 6), orientation))  # noqa: DTZ001
        rendering = render(io.BytesIO(path.read_bytes()), RECIPE)
    assert (rendering.width, rendering.height) == (480, 320)
    for seen, wanted in zip(corners(rendering.renditions[0].content), CORNERS, strict=True):
        assert distance(seen, wanted) < 25


def test_a_raws_preview_is_used_when_it_is_large_enough() -> None:
    preview = encoded(image(width=240, height=160), "JPEG").getvalue()
    raw = dng(preview=(preview, 240, 160))
    assert render(raw, (RenditionSpec(200),)).source == "preview"
    assert render(raw, (RenditionSpec(480),)).source == "full"
    assert render(dng(), (RenditionSpec(240),)).source == "half"


def test_a_profile_is_honoured() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = render(encoded(image(), "JPEG", quality=95, icc_profile=profile), RECIPE).renditions[0].content
    for seen, wanted in zip(corners(plain), CORNERS, strict=True):
        assert distance(seen, wanted) < CLOSE


def test_sixteen_bits_keep_their_tones() -> None:
    ramp = np.tile(np.linspace(0, 65535, 96, dtype=np.uint16), (64, 1))
    rendering = render(encoded(Image.fromarray(ramp), "PNG"), (RenditionSpec(96),))
    middle = Image.open(io.BytesIO(rendering.renditions[0].content)).convert("L").getpixel((48, 32))
    assert middle == pytest.approx(128, abs=4)


def test_transparency_is_laid_on_white() -> None:
    clear = Image.new("RGBA", (80, 60), (255, 0, 0, 0))
    content = render(encoded(clear, "PNG"), RECIPE).renditions[0].content
    assert all(distance(seen, (255, 255, 255)) < 2 for seen in corners(content))


@pytest.mark.parametrize(("image_format", "kind"), [("jpeg", "JPEG"), ("webp", "WEBP"), ("avif", "AVIF")])
def test_a_rendition_comes_in_the_format_of_the_recipe_without_any_metadata(image_format: str, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x8298] = "Maker", "Owner"
    exif.get_ifd(0x8825)[2] = (46.0, 30.0, 0.0)
    photo = encoded(image(), "JPEG", exif=exif, xmp=b"<x:xmpmeta>secret</x:xmpmeta>")
    rendition = render(photo, (RenditionSpec(64, 80, image_format),)).renditions[0]
    assert rendition.content_type == f"image/{image_format}"
    opened = Image.open(io.BytesIO(rendition.content))
    assert opened.format == kind
    assert not opened.getexif()
    assert all(word not in rendition.content for word in (b"Maker", b"Owner", b"secret", b"xmpmeta"))


@pytest.mark.parametrize(
    ("width", "height", "sizes"),
    [
        (1, 1, [(1, 1), (1, 1)]),
        (1, 5000, [(1, 64), (1, 32)]),
        (6000, 3, [(64, 1), (32, 1)]),
        (50, 40, [(50, 40), (32, 26)]),
        (997, 331, [(64, 21), (32, 11)]),
        (64, 64, [(64, 64), (32, 32)]),
    ],
)
def test_sizes_follow_from_the_photos_own_and_nothing_is_upscaled(
    width: int, height: int, sizes: list[tuple[int, int]]
) -> None:
    rendering = render(encoded(Image.new("RGB", (width, height), "teal"), "PNG"), RECIPE)
    assert (rendering.width, rendering.height) == (width, height)
    assert [(r.width, r.height) for r in rendering.renditions] == sizes
    assert [Image.open(io.BytesIO(r.content)).size for r in rendering.renditions] == sizes


def test_what_would_be_no_smaller_is_not_encoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    large, middle, small = RenditionSpec(500, 90), RenditionSpec(100, 80), RenditionSpec(32, 70)
    other = RenditionSpec(90, 80, "webp")
    encoded_as = []

    def encoding(size: Size) -> RenderedImage:
        encoded_as.append(size.spec)
        return encode_size(size)

    monkeypatch.setattr("function.imaging.encode.encode_size", encoding)
    photo = encoded(image().resize((80, 60)), "JPEG")
    made = {one.spec: one for one in render(photo, (small, middle, other, large)).renditions}
    assert encoded_as == [large, other, small]
    assert made[middle].same_as == large
    assert (made[middle].content, made[middle].width) == (made[large].content, made[large].width)
    assert [made[spec].same_as for spec in (large, other, small)] == [None, None, None]


OPTIONS: dict[str, dict[str, object]] = {
    "progressive": {"progressive": True},
    "lossless": {"lossless": True},
    "lzw": {"compression": "tiff_lzw"},
    "deflate": {"compression": "tiff_adobe_deflate"},
}
CUTTABLE = [kind for kind in FORMATS if kind not in ("gif", "raw")]


@pytest.mark.parametrize("kind", CUTTABLE)
@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_cut_file_is_never_passed_off_as_whole(kind: str, tenth: int) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (120, 160, 3), np.uint8)
    saved, _, option = kind.partition(" ")
    source = Image.fromarray(noise)
    if option == "cmyk":
        source = source.convert("CMYK")
    made = {"psd": psd, "jxl": jxl}.get(kind)
    saved = {"jp2": "jpeg2000"}.get(saved, saved)
    content = (made(noise) if made else encoded(source, saved.upper(), **OPTIONS.get(option, {}))).getvalue()
    try:
        rendering = render(io.BytesIO(content[: len(content) * tenth // 10]), RECIPE)
    except PhotoError as refused:
        assert str(refused)  # noqa: PT017 - a photo of which a part is there may be shown instead
        return
    assert rendering.partial_reason


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_cut_raw_is_never_passed_off_as_whole(tenth: int) -> None:
    content = dng().getvalue()
    try:
        rendering = render(io.BytesIO(content[: len(content) * tenth // 10]), RECIPE)
    except PhotoError:
        return
    assert rendering.partial_reason


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "EPS"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\x08\xf2\xa6\xb6" + bytes(60), "libvips"),
        (b"%PDF-1.7\n", "PDF"),
        (b"8BPS\x00\x02" + bytes(40), "PSB"),
        (b"PK\x03\x04" + bytes(40), "ZIP"),
        (bytes(100), "unknown"),
    ],
)
def test_what_is_taken_for_a_photo_in_vain_is_refused_as_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=said) as refused:
        render(io.BytesIO(content), RECIPE)
    assert refused.value.state == State.UNSUPPORTED


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"2 2\n1 2\n3 4\n", "text"),
        (b"name,size\na,1\n", "text"),
        (b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>", "XMP"),
        (b"\x00\x00\x00\x18ftypisom" + bytes(40), "video"),
        (b"\x00\x00\x00\x18ftypqt  " + bytes(40), "video"),
        (b"\x00\x00\x00\x08wide" + bytes(40), "video"),
        (b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(40), "video"),
        (b"\x00\x00\x01\xba" + bytes(40), "video"),
        (b"G" + bytes(187) + b"G" + bytes(40), "video"),
        (bytes(4) + b"G" + bytes(191) + b"G" + bytes(40), "video"),
    ],
)
def test_what_is_no_photo_is_passed_over_as_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(NotAPhotoError, match=said):
        render(io.BytesIO(content), RECIPE)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(EmptyFileError, match="empty"):
        render(io.BytesIO(b""), RECIPE)


def test_a_long_panorama_is_no_bomb() -> None:
    rendering = render(encoded(Image.new("RGB", (40_000, 40)), "PNG"), (RenditionSpec(2048),))
    assert (rendering.renditions[0].width, rendering.renditions[0].height) == (2048, 2)


@pytest.mark.parametrize("seed", range(40))
def test_broken_bytes_raise_nothing_but_what_is_wrong_with_the_photo(seed: int) -> None:
    rng = np.random.default_rng(seed)
    kind = list(FORMATS)[seed % len(FORMATS)]
    content = bytearray(FORMATS[kind]().getvalue())
    for place in rng.integers(12, len(content), 12):
        content[place] = rng.integers(256)
    with contextlib.suppress(PhotoError):
        assert render(io.BytesIO(bytes(content)), RECIPE).renditions


def test_a_broken_photo_says_what_to_do() -> None:
    with pytest.raises(BrokenImageError, match="Upload the file again"):
        render(io.BytesIO(FORMATS["jpeg"]().getvalue()[:400]), RECIPE)
