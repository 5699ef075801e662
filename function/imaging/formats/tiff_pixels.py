"""Brings a TIFF's pixels, of any depth, kind of number and colours, to sRGB."""

import struct
from dataclasses import dataclass

import numpy as np
import pyvips
from numpy.typing import NDArray

from function.files.tiff import Directory
from function.files.tiff_tags import Tag
from function.imaging import faults, samples, vips
from function.imaging.codings import LINEAR, Coding
from function.imaging.decoded import EXIF_SIDEWAYS, Decoded, fitted
from function.imaging.formats import tiff_layout
from function.imaging.formats.tiff_layout import (
    ASSOCIATED_ALPHA,
    CIELAB,
    CMYK,
    COLOUR_BANDS,
    ICCLAB,
    PALETTE,
    RGB,
    UNASSOCIATED_ALPHA,
)
from function.imaging.profiles import ADOBE_RGB
from function.imaging.samples import Alpha, Samples

LABS = (CIELAB, ICCLAB)
PHOTOMETRICS = frozenset((*COLOUR_BANDS, PALETTE))
# libvips unpacks these bits of a sample.
BITS = (1, 2, 4, 8, 16, 32)
ORDINARY = ("uchar", "ushort")
# Floats up to this share of white are light; larger ones are numbers of eight or sixteen bits.
BRIGHTEST, BYTE, WORD = 64.0, 255.0, 65535.0
# The highest numbers of samples of 8, 12, 14, 16, 24, 31 and 32 bits.
RANGES = tuple(float((1 << bits) - 1) for bits in (8, 12, 14, 16, 24, 31, 32))


@dataclass(frozen=True)
class Source:
    """Hold a file that libtiff reads, its page and the page's tags; `inverted`: the least number is ink.

    `is_adobe_rgb`: EXIF says so of colours without a profile.

    Of pixels in planes there may be a file for each plane: the others are `planes`.
    """

    content: bytes
    tags: Directory
    page: int = 0
    within: int = -1
    inverted: bool = False
    is_adobe_rgb: bool = False
    planes: tuple[bytes, ...] = ()

    def load(self, fail_on: str) -> vips.Image:
        """Load the page as libtiff gives it. Raises BrokenImageError."""
        image = vips.load("tiffload_source", self.content, fail_on, page=self.page, subifd=self.within)
        if self.planes:
            image = image.bandjoin([vips.load("tiffload_source", plane, fail_on) for plane in self.planes])
            image = image.copy(interpretation=_interpretation(image, self.tags))
        if self.is_adobe_rgb and not vips.profile(image):
            image = vips.with_profile(image, ADOBE_RGB)
        return image.invert() if self.inverted else image


def check(tags: Directory) -> None:
    """Check that a page's layout is drawn. Raises UnsupportedFormatError with the layout's name."""
    bits, photometric = tags.number(Tag.BITS, 1), tags.number(Tag.PHOTOMETRIC)
    if bits not in BITS:
        raise faults.not_drawn(f"a TIFF of {bits} bits per sample")
    if photometric not in PHOTOMETRICS:
        raise faults.not_drawn(f"a TIFF in colours of the kind {photometric}")


def readable(content: bytes, tags: Directory) -> bytes:
    """Call CIELAB RGB in the file, so that libtiff gives its numbers as they are."""
    entry = tags.entries.get(Tag.PHOTOMETRIC)
    if not entry or tags.number(Tag.PHOTOMETRIC) not in LABS:
        return content
    changed = bytearray(content)
    struct.pack_into(f"{tags.layout.order}H", changed, entry.offset, RGB)
    return bytes(changed)


def shown(source: Source, longest: int, fail_on: str) -> Decoded:
    """Bring the page to the size that serves, upright. Raises BrokenImageError for faults as grave as `fail_on`."""
    tags = source.tags
    image = source.load(fail_on)
    width, height = image.width, image.height
    try:
        pixels = _pixels(image, source, *fitted(width, height, longest))
    except pyvips.Error as error:
        raise faults.broken() from error
    orientation = tags.number(Tag.ORIENTATION, 1)
    size = (height, width) if orientation in EXIF_SIDEWAYS else (width, height)
    return Decoded(vips.oriented(pixels, orientation), *size)


def _pixels(image: vips.Image, source: Source, width: int, height: int) -> vips.Image:
    photometric = source.tags.number(Tag.PHOTOMETRIC)
    image, alpha = _without_extras(image, source)
    if photometric in LABS:
        return _from_lab(image, width, height, is_signed=photometric == CIELAB)
    if image.format in ORDINARY and alpha != Alpha.PREMULTIPLIED:
        return vips.thumbnail(image, width, height, upright=False)
    scaled, coding = _scaled(vips.resized(image, width, height), alpha)
    if photometric == tiff_layout.WHITE_IS_ZERO and image.format not in ORDINARY:
        scaled = scaled.invert() if scaled.format == "ushort" else 1 - scaled  # libtiff inverts the others
    if photometric == CMYK:
        return vips.in_memory(scaled.copy(interpretation="cmyk").icc_transform(vips.SRGB, input_profile="cmyk"))
    return samples.to_srgb(Samples(scaled, alpha, vips.profile(image), coding), width, height)


def _interpretation(image: vips.Image, tags: Directory) -> str:
    if tags.number(Tag.PHOTOMETRIC) == CMYK:
        return "cmyk"
    if COLOUR_BANDS.get(tags.number(Tag.PHOTOMETRIC)) == 1:
        return "grey16" if image.format == "ushort" else "b-w"
    return "rgb16" if image.format == "ushort" else "srgb"


def _without_extras(image: vips.Image, source: Source) -> tuple[vips.Image, Alpha]:
    """Take the colours, with alpha where an extra sample says that it is: others may be saved selections."""
    tags, photometric = source.tags, source.tags.number(Tag.PHOTOMETRIC)
    colours = COLOUR_BANDS.get(photometric, image.bands)
    extras = tags.numbers(Tag.EXTRA_SAMPLES)
    kind = next((kind for kind in extras if kind in (ASSOCIATED_ALPHA, UNASSOCIATED_ALPHA)), None)
    if image.bands <= colours:
        return image, Alpha.NONE
    if kind is None or photometric in (CMYK, *LABS):
        return image.extract_band(0, n=colours), Alpha.NONE
    at = colours + extras.index(kind)
    if at >= image.bands:
        return image.extract_band(0, n=colours), Alpha.NONE
    # libvips divides colours by their alpha itself, where it has both.
    alpha = Alpha.PREMULTIPLIED if kind == ASSOCIATED_ALPHA and source.planes else Alpha.STRAIGHT
    return image.extract_band(0, n=colours).bandjoin(image.extract_band(at)), alpha


def _from_lab(image: vips.Image, width: int, height: int, *, is_signed: bool) -> vips.Image:
    """Convert CIE L*a*b* by the white of D50, of 8 or 16 bits; without signs, a* and b* are 128 higher."""
    top, step = (255.0, 1.0) if image.format == "uchar" else (WORD, 256.0)
    lightness = image.extract_band(0) * (100 / top)
    around = image.extract_band(1, n=2)
    # As libtiff gives them, negative numbers are those above the middle.
    chroma = (around + 128 * step) % (256 * step) - 128 * step if is_signed else around - 128 * step
    lab = lightness.bandjoin(chroma / step).copy(interpretation="lab")
    return vips.in_memory(vips.resized(lab, width, height).icc_export(output_profile=vips.SRGB, depth=8))


def _scaled(image: vips.Image, alpha: Alpha) -> tuple[vips.Image, Coding | None]:
    """Scale the image to the full range of ushort or float. Returns it with the coding that floats mean."""
    if image.format in ORDINARY:
        return image, None
    if image.format in ("complex", "dpcomplex"):
        raise faults.not_drawn("a TIFF of complex numbers")
    array = image.numpy().reshape(image.height, image.width, image.bands)
    if array.dtype.kind == "f":
        return _scaled_floats(np.nan_to_num(array.astype(np.float32)), alpha)
    values = _in_order(array)
    low, high = float(np.iinfo(array.dtype).min) if values.min() < 0 else 0.0, float(np.iinfo(array.dtype).max)
    if values.max() > high:
        low, high = 0.0, high - float(np.iinfo(array.dtype).min)
    if array.itemsize > 2:  # noqa: PLR2004
        # Numbers of 32 bits may be of fewer in truth: by their own range, nearly all would be black.
        low, high = min(float(values.min()), 0.0), next(top for top in RANGES if top >= values.max())
    return samples.from_array(((values - low) / (high - low) * WORD).round().astype(np.uint16)), None


def _in_order(array: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return the numbers; wrongly called signed, they become unsigned, by which neighbours are more alike."""
    values = array.astype(np.float64)
    if array.dtype.kind != "i" or values.min() >= 0:
        return values
    unsigned = values % float(1 << 8 * array.itemsize)
    steps = [float(np.abs(np.diff(kind, axis=1)).sum()) for kind in (values, unsigned)]
    return unsigned if steps[1] < steps[0] else values


def _scaled_floats(array: NDArray[np.float32], alpha: Alpha) -> tuple[vips.Image, Coding | None]:
    colours = array[..., :-1] if alpha != Alpha.NONE else array
    low, high = min(float(colours.min()), 0.0), float(colours.max())
    is_light = high <= BRIGHTEST
    top = max(high, 1.0) if is_light else BYTE if high <= BYTE else max(WORD, high)
    colours[:] = (colours - low) / (top - low)
    return samples.from_array(array), Coding(transfer=LINEAR) if is_light else Coding()
