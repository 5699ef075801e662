"""RAW files: their previews are read alone, and shown as the photo is; the sensor's pixels where no preview serves."""

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from function.contract.recipe import RenditionSpec
from function.imaging.profiles import ADOBE_RGB
from function.imaging.render import render
from function.values.rendering import Rendering
from tests.support.pictures import CORNERS, Pixels, corners, distance, quarters, rotate_to_sensor
from tests.support.raws import cr3, dng, jpeg, raf

RECIPE = (RenditionSpec(200),)
CLOSE = 8.0


class CountedFile(io.BytesIO):
    """A file that counts what is read of it, in blocks as a child asks for them."""

    requested = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.requested += len(found)
        return found


def shown(content: bytes, recipe: tuple[RenditionSpec, ...] = RECIPE) -> Rendering:
    return render(io.BytesIO(content), recipe)


def is_upright(rendering: Rendering, close: float = CLOSE) -> bool:
    seen = corners(rendering.renditions[0].content)
    return all(distance(one, wanted) < close for one, wanted in zip(seen, CORNERS, strict=True))


def test_of_a_raw_with_a_preview_hardly_more_than_that_is_read() -> None:
    preview = jpeg(quarters(240, 160))
    photo = CountedFile(dng(quarters(1200, 800), preview))
    rendering = render(photo, RECIPE)
    assert (rendering.source, rendering.width, rendering.height) == ("preview", 1200, 800)
    assert photo.requested < len(preview) + 8192


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_preview_is_turned_as_the_raw_says(orientation: int) -> None:
    pixels = np.asarray(rotate_to_sensor(orientation, quarters(480, 320))[0])
    smaller = np.asarray(rotate_to_sensor(orientation, quarters(240, 160))[0])
    rendering = shown(dng(pixels, jpeg(smaller), orientation))
    assert (rendering.source, rendering.width, rendering.height) == ("preview", 480, 320)
    assert is_upright(rendering)


def test_a_preview_that_is_upright_already_is_not_turned_again() -> None:
    upright = quarters(320, 480)
    pixels = np.asarray(rotate_to_sensor(6, upright)[0])
    rendering = shown(dng(pixels, jpeg(quarters(160, 240)), 6))
    assert (rendering.source, rendering.width, rendering.height) == ("preview", 320, 480)
    assert is_upright(rendering)


def test_the_bars_of_a_preview_of_another_shape_are_cut_off() -> None:
    barred = np.zeros((180, 240, 3), np.uint8)
    barred[10:170] = quarters(240, 160)
    rendering = shown(dng(quarters(480, 320), jpeg(barred)))
    assert rendering.source == "preview"
    rendition = rendering.renditions[0]
    assert (rendition.width, rendition.height) == (200, 133)
    edge = np.asarray(Image.open(io.BytesIO(rendition.content)))[0]
    assert edge.mean() > 60


def test_a_preview_too_small_to_have_bars_is_shown_as_it_is() -> None:
    rendering = shown(raf(jpeg(quarters(240, 2)), (240, 160)))
    assert (rendering.source, rendering.renditions[0].width) == ("preview", 200)


def test_a_dark_photo_of_the_right_shape_is_not_cut() -> None:
    night = np.zeros((160, 240, 3), np.uint8)
    night[60:100, 100:160] = 200
    rendition = shown(dng(quarters(480, 320), jpeg(night))).renditions[0]
    assert (rendition.width, rendition.height) == (200, 133)
    assert np.asarray(Image.open(io.BytesIO(rendition.content)))[:40].mean() < 5


def adobe(pixels: Pixels) -> Image.Image:
    """The picture's colours as numbers of Adobe RGB."""
    profile = ImageCms.ImageCmsProfile(io.BytesIO(ADOBE_RGB))
    found = ImageCms.profileToProfile(Image.fromarray(pixels), ImageCms.createProfile("sRGB"), profile)
    assert found
    return found


def in_interoperability(index: str) -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 0xFFFF
    exif.get_ifd(0x8769)[0xA005] = {1: index}
    return exif


def test_a_photo_that_says_that_it_is_in_adobe_rgb_is_shown_in_its_colours() -> None:
    photo = jpeg(np.asarray(adobe(quarters(240, 160))), exif=in_interoperability("R03"))
    assert is_upright(shown(photo), 4.0)
    assert not is_upright(shown(jpeg(np.asarray(adobe(quarters(240, 160))))), 4.0)


@pytest.mark.parametrize("make", [cr3, lambda preview: raf(preview, (240, 160))])
def test_the_preview_of_other_families_is_found(make: object) -> None:
    rendering = shown(make(jpeg(quarters(240, 160))))  # type: ignore[operator]
    assert (rendering.format, rendering.source, rendering.width, rendering.height) == ("raw", "preview", 240, 160)
    assert rendering.partial_reason is None
    assert is_upright(rendering)


def test_a_raf_is_turned_as_its_preview_says() -> None:
    lying, exif = rotate_to_sensor(6, quarters(160, 240))
    rendering = shown(raf(jpeg(np.asarray(lying), exif=exif), (480, 320)))
    assert (rendering.width, rendering.height) == (320, 480)
    assert is_upright(rendering)


@pytest.mark.parametrize(
    "make",
    [
        lambda preview: dng(quarters(480, 320), preview),
        lambda preview: cr3(preview, 100_000),
        lambda preview: raf(preview, (480, 320), 100_000),
    ],
)
def test_a_file_that_ends_before_its_sensors_pixels_is_partial(make: object) -> None:
    content = make(jpeg(quarters(240, 160)))  # type: ignore[operator]
    rendering = shown(content[:-5000])
    assert rendering.partial_reason
    assert "not whole" in rendering.partial_reason
    assert is_upright(rendering)


def test_a_small_preview_is_better_than_nothing_and_said_to_be_small() -> None:
    preview = jpeg(quarters(96, 64))
    content = dng(quarters(480, 320), preview)
    rendering = shown(content[: content.index(preview) + len(preview)])
    assert rendering.partial_reason
    assert (rendering.renditions[0].width, rendering.renditions[0].height) == (96, 64)


def test_of_a_sensor_that_is_nearly_all_there_more_is_shown_than_a_small_preview() -> None:
    rendering = shown(dng(quarters(480, 320), jpeg(quarters(96, 64)))[:-5000])
    assert (rendering.source, rendering.renditions[0].width) == ("half", 200)
    assert rendering.partial_reason


def test_without_a_preview_that_serves_the_sensors_pixels_are_shown() -> None:
    preview = jpeg(quarters(96, 64))
    assert shown(dng(quarters(480, 320), preview)).source == "half"
    assert shown(dng(quarters(480, 320), preview), (RenditionSpec(300),)).source == "full"


def test_a_jpeg_that_is_named_as_a_raw_is_a_jpeg() -> None:
    assert shown(jpeg(quarters())).format == "jpeg"
