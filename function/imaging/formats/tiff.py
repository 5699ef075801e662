"""Decodes TIFF, and hands RAW formats that are TIFF files inside to their decoder: the tags tell them apart."""

import io
from dataclasses import replace
from typing import BinaryIO

from function.errors import BrokenImageError, NotRawError, UnsupportedFormatError
from function.files import tiff as directories
from function.files.tiff import Directory, Page
from function.files.tiff_tags import Tag
from function.imaging import bounds, faults, filler, vips
from function.imaging.decoded import Decoded, fitted
from function.imaging.formats import tiff_layout, tiff_pixels, tiff_unpacking
from function.imaging.formats.tiff_pixels import Source

OLD_JPEG_PACKING, JPEG_PACKING = 6, 7
# Only the directories of RAW files have these.
SENSOR_TAGS = (Tag.DNG_VERSION, Tag.CR2_SLICES, Tag.CFA_PATTERN, Tag.LEAF, Tag.KODAK, Tag.KODAK_KDC)
# The compressions of sensors' pixels by Nikon, Sony, Pentax, Samsung, Kodak, Epson and Panasonic.
SENSOR_PACKINGS = (32767, 32769, 32770, 34713, 34316, 65000, 65535)
# Phase One's mark, behind TIFF's own header.
PHASE_ONE, PHASE_ONE_AT = (b"IIII", b"MMMM"), slice(8, 12)
# The value of EXIF's index of interoperability by which colours are Adobe RGB's (DCF 2.0).
DCF_ADOBE_RGB = tuple(b"R03")
# In pixels; and how many times as wide the page is that a page is the thumbnail of.
LARGEST_THUMBNAIL, LEAST_SCALE = 320, 3
CUT = "The photo is not whole: its file ends before its pixels do. The rest is shown. Upload the file again."
DAMAGED = "A part of the photo's pixels is damaged. The rest is shown; upload the file again."


def decode(photo: BinaryIO, longest: int) -> Decoded:
    """Decode the photo; of a TIFF with several pages the first that is no reduced version of another."""
    if directories.first(photo).is_cut:
        raise faults.broken()
    if _is_raw(photo):
        from function.imaging.formats import raw  # LibRaw, for the files that need it

        try:
            return raw.decode(photo, longest)
        except NotRawError:
            pass
    return _decode_page(photo, _chosen(photo), longest)


def _is_raw(photo: BinaryIO) -> bool:
    """Return whether there are a sensor's pixels; a maker's name would not tell, as scanners have one too."""
    photo.seek(0)
    if photo.read(PHASE_ONE_AT.stop)[PHASE_ONE_AT] in PHASE_ONE:
        return True
    return any(_is_sensor(tags) for tags in directories.directories(photo))


def _is_sensor(tags: Directory) -> bool:
    return (
        any(tag in tags for tag in SENSOR_TAGS)
        or tags.number(Tag.PHOTOMETRIC) in (tiff_layout.CFA, tiff_layout.LINEAR_RAW)
        or tags.number(Tag.COMPRESSION) in SENSOR_PACKINGS
    )


def _chosen(photo: BinaryIO) -> Page:
    """Choose the first page in full; where all are reduced, the largest. Raises BrokenImageError without a page."""
    found = [page for page in directories.pages(photo) if tiff_layout.is_picture(page.directory)]
    if not found:
        raise faults.broken()
    by_size = sorted(found, key=lambda page: -page.directory.number(Tag.WIDTH))
    full = [page for page in found if tiff_layout.is_full(page.directory)] or by_size[:1]
    return next((page for page in full if _is_thumbnail_of(full[0].directory, page.directory)), full[0])


def _is_thumbnail_of(page: Directory, other: Directory) -> bool:
    """Check whether a page is a small version of another, of the same shape, which its writer has not marked as one."""
    width, height = page.number(Tag.WIDTH), page.number(Tag.HEIGHT)
    scale = other.number(Tag.WIDTH) / max(width, 1)
    if max(width, height) > LARGEST_THUMBNAIL or scale < LEAST_SCALE:
        return False
    return abs(other.number(Tag.HEIGHT) - height * scale) <= scale


def _decode_page(photo: BinaryIO, page: Page, longest: int) -> Decoded:
    tags = page.directory
    bounds.check(tags.number(Tag.WIDTH), tags.number(Tag.HEIGHT))
    reason = CUT if _missing(photo, tags) else None
    if tags.number(Tag.COMPRESSION) == OLD_JPEG_PACKING:
        return replace(_by_pillow(photo, longest), partial_reason=reason)
    if tags.number(Tag.PHOTOMETRIC) == tiff_layout.YCBCR and tags.number(Tag.COMPRESSION) != JPEG_PACKING:
        return replace(_by_pillow(photo, longest), partial_reason=reason)
    tiff_pixels.check(tags)
    adobe_rgb = _is_adobe_rgb(photo, tags)
    return shown(replace(_source(photo, page), is_adobe_rgb=adobe_rgb), longest, reason)


def _source(photo: BinaryIO, page: Page) -> Source:
    """Return the page as libvips reads it."""
    tags, number, within = page.directory, page.number, page.within
    if not tiff_unpacking.is_built_in(tags):
        photo = io.BytesIO(tiff_unpacking.unpacked(photo, tags))
        tags, number, within = directories.first(photo), 0, -1
    if tiff_layout.layout(tags).has_tiled_planes:
        first, *planes = tiff_unpacking.planes(photo, tags)
        return Source(first, tags, planes=tuple(planes))
    photo.seek(0)
    return Source(tiff_pixels.readable(photo.read(), tags), tags, number, within)


def _is_adobe_rgb(photo: BinaryIO, tags: Directory) -> bool:
    """Return whether EXIF says so of a page of red, green and blue."""
    if tags.number(Tag.PHOTOMETRIC) != tiff_layout.RGB:
        return False
    return any(
        found.numbers(Tag.INTEROPERABILITY_INDEX)[:3] == DCF_ADOBE_RGB for found in directories.directories(photo)
    )


def _missing(photo: BinaryIO, tags: Directory) -> bool:
    """Return whether some strips or tiles lie behind the file's end. Raises BrokenImageError where all of them do.

    libtiff fills missing strips without a warning.
    """
    length, ranges = directories.length(photo), tags.pixel_ranges()
    if ranges and all(at >= length for at, size in ranges if size):
        raise BrokenImageError("The photo is not whole: its file ends before its pixels begin. Upload the file again.")
    return any(at + size > length for at, size in ranges) or tiff_layout.named_share(tags) < 1


def shown(source: Source, longest: int, reason: str | None = None) -> Decoded:
    """Bring the page to the size that serves; as far as it can be decoded, where a reason is given or it is damaged."""
    if not reason:
        try:
            return tiff_pixels.shown(source, longest, fail_on=_strictness(source))
        except BrokenImageError as error:
            reason = DAMAGED if _is_damage(source, error) else None
    decoded = tiff_pixels.shown(source, longest, fail_on="none")
    if reason:
        filler.check_shown(decoded.pixels)
    return replace(decoded, partial_reason=reason)


def _strictness(source: Source) -> str:
    # Of tiles that cannot be decoded libvips only warns, as of oddities that harm no pixel.
    return "warning" if tiff_layout.layout(source.tags).is_tiled else "error"


def _is_damage(source: Source, error: BrokenImageError) -> bool:
    """Check whether decoding ended at damage, and not at an oddity, of which libvips has no words of its own."""
    return not tiff_layout.layout(source.tags).is_tiled or "tiff2vips" in str(error.__cause__)


def _by_pillow(photo: BinaryIO, longest: int) -> Decoded:
    """Decode the first page, of kinds that Pillow's libtiff reads and libvips's does not: old-style JPEG, and YCbCr."""
    from PIL import TiffImagePlugin

    photo.seek(0)
    try:
        opened = TiffImagePlugin.TiffImageFile(photo)
        bounds.check(*opened.size, bounds.MOST_HELD_PIXELS)
        image = opened.convert("RGB")
    except faults.FAULTS as error:
        raise UnsupportedFormatError(
            "This is a TIFF with old-style JPEG or YCbCr of a kind that Safelight does not draw. "
            "Save it anew as TIFF or JPEG."
        ) from error
    pixels = vips.from_pixels(image.tobytes(), image.width, image.height, 3)
    return Decoded(vips.resized(pixels, *fitted(image.width, image.height, longest)), image.width, image.height)
