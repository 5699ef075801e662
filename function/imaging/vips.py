"""Sets libvips up for photos of strangers: few loaders, no cache, strict about broken files."""

from typing import Any

import pyvips

from function.imaging import faults
from function.imaging.profiles import ADOBE_RGB

SRGB = "srgb"
PROFILE, ORIENTATION = "icc-profile-data", "orientation"
COLOUR_BANDS = 3
# The fields by which EXIF says that a photo without a profile is in Adobe RGB, and how their values begin then.
COLOUR_FIELDS = {"exif-ifd2-ColorSpace": "2 ", "exif-ifd4-InteroperabilityIndex": "R03"}
WHITE = (255, 255, 255)
# All of libvips's loaders are closed, and these opened again.
LOADERS = ("Jpeg", "Png", "Webp", "Tiff", "Nsgif")

pyvips.cache_set_max(0)  # the same photo does not come twice, and what is cached is kept in memory
pyvips.operation_block_set("VipsForeignLoad", True)
for _loader in LOADERS:
    pyvips.operation_block_set(f"VipsForeignLoad{_loader}", False)

Image = Any  # a pyvips.Image, which has no types


def load(loader: str, content: bytes, fail_on: str = "truncated", **options: float) -> Image:
    """Open the image by its header, to be decoded when its pixels are asked for. Raises BrokenImageError.

    `fail_on`: the least fault that ends decoding: none, truncated, error or warning.

    The loader is named by its operation, such as jpegload_source: nothing is guessed. The content is not copied,
    and has to be kept until the pixels have been computed.
    """
    try:
        # Asked for by the thumbnail operations, libvips lets truncated files pass, whatever fail_on says.
        source = pyvips.Source.new_from_memory(content)
        return getattr(pyvips.Image, loader)(source, access="sequential", fail_on=fail_on, **options)
    except pyvips.Error as error:
        raise faults.broken() from error


def thumbnail(image: Image, width: int, height: int, *, upright: bool = True) -> Image:
    """Bring the image to exactly this size in sRGB, its pixels computed once. Raises BrokenImageError."""
    try:
        if not profile(image) and (by_exif := profile_by_exif(image)):
            image = with_profile(image, by_exif)
        colours = _colours(image)
        # Renditions have eight bits: without a transform of colours to come, the other eight are dropped first.
        image = image if colours or image.format != "ushort" else _eight_bits(image)
        fitted = image.thumbnail_image(width, height=height, size="force", no_rotate=not upright, **colours)
        return in_memory(fitted)
    except pyvips.Error as error:
        raise faults.broken() from error


def with_profile(image: Image, icc_profile: bytes) -> Image:
    """Attach an ICC profile to the image."""
    image = image.copy()
    image.set_type(pyvips.GValue.blob_type, PROFILE, icc_profile)
    return image


def in_memory(image: Image) -> Image:
    """Convert the image to 8-bit sRGB without transparency, its pixels computed once."""
    if image.hasalpha():
        image = image.flatten(background=WHITE)
    return image.colourspace(SRGB).cast("uchar").copy_memory()


def resized(image: Image, width: int, height: int) -> Image:
    """Resize the image to exactly this size."""
    if (image.width, image.height) == (width, height):
        return image
    return image.resize(width / image.width, vscale=height / image.height).copy_memory()


def from_pixels(content: Any, width: int, height: int, bands: int, icc_profile: bytes | None = None) -> Image:
    """Make an image of 8-bit pixels in memory, in sRGB where it carries the profile of another space."""
    image = pyvips.Image.new_from_memory(content, width, height, bands, "uchar")
    image = image.copy(interpretation=SRGB if bands > 2 else "b-w")  # noqa: PLR2004 - colour has three bands
    if icc_profile:
        image.set_type(pyvips.GValue.blob_type, PROFILE, icc_profile)
        return in_memory(image.icc_transform(SRGB, embedded=True))
    return image if bands == 3 else in_memory(image)  # noqa: PLR2004


def like(header: Image, content: Any) -> Image:
    """Make an image of these 8-bit pixels, of the header's size, colours and orientation."""
    image = pyvips.Image.new_from_memory(content, header.width, header.height, header.bands, "uchar")
    image = image.copy(interpretation=header.interpretation)
    for field in (PROFILE, ORIENTATION):
        if kind := header.get_typeof(field):
            image.set_type(kind, field, header.get(field))
    by_exif = None if profile(header) else profile_by_exif(header)
    return with_profile(image, by_exif) if by_exif else image


def profile(image: Image) -> bytes | None:
    """Return the ICC profile that the image carries."""
    found: bytes | None = image.get(PROFILE) if image.get_typeof(PROFILE) else None
    return found


def profile_by_exif(image: Image) -> bytes | None:
    """Return Adobe RGB's profile, where EXIF says that a photo without one is in it (DCF 2.0: by the index R03)."""
    if image.bands < COLOUR_BANDS or image.interpretation == "cmyk":
        return None
    says = any(image.get_typeof(name) and image.get(name).startswith(text) for name, text in COLOUR_FIELDS.items())
    return ADOBE_RGB if says else None


def upright(image: Image, header: Image) -> Image:
    """Turn and mirror the image by the header's orientation."""
    return oriented(image, header.get(ORIENTATION) if header.get_typeof(ORIENTATION) else 1)


def oriented(image: Image, orientation: int) -> Image:
    """Turn and mirror the image by EXIF's orientation."""
    if orientation not in range(2, 9):
        return image
    image = image.copy()
    image.set_type(pyvips.GValue.gint_type, ORIENTATION, orientation)
    return image.autorot().copy_memory()


def _eight_bits(image: Image) -> Image:
    grey = image.bands < 3  # noqa: PLR2004 - colour has three bands
    return image.msb().copy(interpretation="b-w" if grey else SRGB)


def _colours(image: Image) -> dict[str, str]:
    # A transform from sRGB to sRGB changes nothing, and takes as long as the rest.
    return {"export_profile": SRGB} if profile(image) or image.interpretation == "cmyk" else {}
