"""Decodes by Pillow and its plug-ins: AVIF by dav1d, HEIC by libheif, BMP."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from PIL import AvifImagePlugin, BmpImagePlugin, ExifTags, Image

from function.imaging import bounds, faults, filler, samples, vips
from function.imaging.codings import Coding
from function.imaging.decoded import EXIF_SIDEWAYS, Decoded, Decoder, fitted
from function.imaging.formats import heif_header
from function.imaging.samples import Alpha, Samples

# Pillow turns pixels of other modes into the nearest of these.
BANDS = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}
# The kinds of items that libheif decodes here, and names for those that it does not.
HEVC = ("hvc1", "grid", "iden", "iovl", "tmap", "")
OTHER_CODECS = {
    "jpeg": "a HEIF picture that holds a JPEG",
    "j2k1": "a HEIF picture that holds JPEG 2000",
    "avc1": "a HEIF picture that holds H.264",
    "vvc1": "a HEIF picture that holds H.266",
    "unci": "an uncompressed HEIF picture",
    "mski": "a HEIF picture of a mask",
}
EIGHT_BITS = 8


@dataclass(frozen=True)
class Raster:
    """Hold samples, EXIF's `orientation` where they are still to be turned, and the reason where they are not whole."""

    samples: Samples
    orientation: int = 1
    partial_reason: str | None = None


Opener = Callable[[bytes], Raster]


class _AvifFrame(AvifImagePlugin.AvifImageFile):
    """Give an AVIF's first frame as it was decoded: Pillow itself would copy it twice."""

    def pixels(self) -> bytes:
        content: bytes = self._decoder.get_frame(0)[0]
        return content


def _heif(content: bytes) -> Raster:
    import pillow_heif

    heif_header.check(content)
    header = heif_header.read(content)
    if header.codec in OTHER_CODECS:
        raise faults.not_drawn(OTHER_CODECS[header.codec])
    opened = pillow_heif.open_heif(content, convert_hdr_to_8bit=False)
    if opened.info["bit_depth"] > EIGHT_BITS:
        heif_header.check(content, bounds.MOST_HELD_PIXELS)
    # The container's turn is applied already, and EXIF's counts where the container has none.
    orientation = 1 if header.is_turned else _exif_orientation(opened.info.get("exif"))
    return Raster(_heif_samples(opened, header.coding), orientation, header.damage)


def _heif_samples(opened: Any, coding: Coding | None) -> Samples:
    pixels = opened.data
    mode = opened.mode.partition(";")[0].replace("I", "L")
    bands, deep = len(mode), ";" in opened.mode
    size_of_row = opened.size[0] * bands * (2 if deep else 1)
    rows = np.frombuffer(pixels, np.uint8).reshape(-1, opened.stride)[: opened.size[1], :size_of_row]
    array = np.ascontiguousarray(rows).view(np.uint16 if deep else np.uint8)
    array = array.reshape(opened.size[1], opened.size[0], bands)
    alpha = {"A": Alpha.STRAIGHT, "a": Alpha.PREMULTIPLIED}.get(mode[-1], Alpha.NONE)
    return Samples(samples.from_array(array), alpha, opened.info.get("icc_profile") or None, coding)


def _exif_orientation(exif: bytes | None) -> int:
    if not exif:
        return 1
    read = Image.Exif()
    try:
        read.load(exif)
        found = read.get(ExifTags.Base.Orientation, 1)
    except faults.FAULTS:
        return 1
    return found if isinstance(found, int) else 1


def _avif(content: bytes) -> Raster:
    heif_header.check(content)
    header = heif_header.read(content)
    image = _AvifFrame(io.BytesIO(content))
    # Pillow gives the container's turn as EXIF's orientation, in the place of what EXIF said.
    orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    return Raster(_pillow_samples(image.pixels(), image, header.coding), orientation, header.damage)


def _bmp(content: bytes) -> Raster:
    return raster_of(BmpImagePlugin.BmpImageFile(io.BytesIO(content)))


def raster_of(image: Image.Image) -> Raster:
    """Decode an image that a plug-in of Pillow has opened. Raises TooLargeError, or the plug-in's own errors."""
    bounds.check(*image.size, bounds.MOST_HELD_PIXELS)
    image = image if image.mode in BANDS else image.convert("RGBA" if "A" in image.mode else "RGB")
    return Raster(_pillow_samples(image.tobytes(), image))


def _pillow_samples(content: bytes, image: Image.Image, coding: Coding | None = None) -> Samples:
    array = np.frombuffer(content, np.uint8).reshape(image.height, image.width, BANDS[image.mode])
    alpha = Alpha.STRAIGHT if image.mode.endswith("A") else Alpha.NONE
    return Samples(samples.from_array(array), alpha, image.info.get("icc_profile"), coding)


OPENERS: dict[str, Opener] = {"heif": _heif, "avif": _avif, "bmp": _bmp}


def decoder(image_format: str) -> Decoder:
    """Return the decoder of one of these formats."""
    return lambda photo, longest: decode(OPENERS[image_format], photo, longest)


def decode(opener: Opener, photo: BinaryIO, longest: int) -> Decoded:
    """Decode the photo that the opener reads, upright. Raises BrokenImageError for each of the opener's own errors."""
    try:
        raster = opener(photo.read())
    except faults.FAULTS as error:
        raise faults.broken() from error
    return shown(raster, longest)


def shown(raster: Raster, longest: int) -> Decoded:
    """Bring the raster to the size that serves, upright and in sRGB."""
    image = raster.samples.image
    width, height = image.width, image.height
    pixels = samples.to_srgb(raster.samples, *fitted(width, height, longest))
    if raster.orientation in EXIF_SIDEWAYS:
        width, height = height, width
    if raster.partial_reason:
        filler.check_shown(pixels)
    return Decoded(vips.oriented(pixels, raster.orientation), width, height, partial_reason=raster.partial_reason)
