"""Reads the directories of RAW files that are TIFF files inside: DNG, NEF, CR2, ARW, PEF, SRW, RW2 and many others."""

from collections.abc import Sequence
from typing import BinaryIO

from function.files import tiff
from function.files.tiff import Directory
from function.files.tiff_tags import Tag
from function.imaging.formats import tiff_layout
from function.imaging.formats.raw.embedded import ByteRange, Embedded

RW2_BORDERS = (Tag.RW2_TOP, Tag.RW2_LEFT, Tag.RW2_BOTTOM, Tag.RW2_RIGHT)
# Panasonic's offset of pixels that lie too far behind for four bytes.
ELSEWHERE = 0xFFFFFFFF
# Only a sensor's directory has these.
SENSOR_TAGS = (Tag.CR2_SLICES, Tag.CFA_PATTERN, Tag.RW2_JPEG)
JPEG_PACKINGS = (6, 7)
ADOBE_RGB, DNG_ADOBE_RGB, DCF_ADOBE_RGB = 2, 3, tuple(b"R03")


def read(photo: BinaryIO) -> Embedded | None:
    """Read the previews and the sensor's facts. Returns None where no directory is a sensor's."""
    found = list(tiff.directories(photo))
    sensors = [directory for directory in found if _is_sensor(directory)]
    if not sensors:
        return None
    width, height = _size(sensors, found)
    begin, end = _sensor_range(sensors)
    return Embedded(
        previews=tuple(
            span for directory in found for span in (_within(directory) if directory in sensors else _jpegs(directory))
        ),
        width=width,
        height=height,
        orientation=found[0].number(Tag.ORIENTATION, 1),
        adobe_rgb=any(_is_adobe_rgb(directory) for directory in found),
        end=end,
        begin=begin,
        # Cameras write strips as they like; of tiles, each has its place.
        named=min((tiff_layout.named_share(sensor) for sensor in sensors if Tag.TILES in sensor), default=1.0),
    )


def _sensor_range(sensors: Sequence[Directory]) -> tuple[int, int]:
    """Return the offset of the first byte of the sensors' pixels, and the offset behind the last."""
    ranges = [(at, at + size) for sensor in sensors for at, size in sensor.pixel_ranges() if size and at < ELSEWHERE]
    ranges += [_panasonic_range(sensor) for sensor in sensors if Tag.RW2_PIXELS in sensor]
    return min((begin for begin, _ in ranges), default=0), max((end for _, end in ranges), default=0)


def _panasonic_range(sensor: Directory) -> tuple[int, int]:
    """Return the same by Panasonic's own tags; without a number of bytes there, a pixel takes one or more."""
    begin = sensor.number(Tag.RW2_PIXELS)
    return begin, begin + (
        sensor.number(Tag.STRIP_BYTES) or sensor.number(Tag.RW2_WIDTH) * sensor.number(Tag.RW2_HEIGHT)
    )


def _is_sensor(directory: Directory) -> bool:
    return any(tag in directory for tag in SENSOR_TAGS) or directory.number(Tag.PHOTOMETRIC) in (
        tiff_layout.CFA,
        tiff_layout.LINEAR_RAW,
    )


def _jpegs(directory: Directory) -> list[ByteRange]:
    spans = [ByteRange(directory.number(Tag.JPEG_AT), directory.number(Tag.JPEG_BYTES))]
    if directory.number(Tag.COMPRESSION) in JPEG_PACKINGS and len(directory.pixel_ranges()) == 1:
        spans += [ByteRange(*directory.pixel_ranges()[0])]
    return [span for span in spans if span.at and span.size]


def _within(sensor: Directory) -> list[ByteRange]:
    # A sensor's strips may be JPEGs too, but of the kind that cameras pack the mosaic with.
    entry = sensor.entries.get(Tag.RW2_JPEG)
    return [ByteRange(entry.offset, entry.size)] if entry else []


def _size(sensors: Sequence[Directory], others: Sequence[Directory]) -> tuple[int, int]:
    """Return the largest size that a sensor's directory names, cropped where it says so, else the largest of any."""
    borders = [[directory.number(tag) for tag in RW2_BORDERS] for directory in sensors if Tag.RW2_JPEG in directory]
    if borders:
        top, left, bottom, right = borders[0]
        return right - left, bottom - top
    crops = [directory.numbers(Tag.CROP_SIZE) for directory in sensors]
    found = [(crop[0], crop[1]) for crop in crops if len(crop) == 2]  # noqa: PLR2004 - width and height
    for (width, height), where in (
        ((Tag.WIDTH, Tag.HEIGHT), sensors),
        ((Tag.EXIF_WIDTH, Tag.EXIF_HEIGHT), others),
        ((Tag.WIDTH, Tag.HEIGHT), others),
    ):
        found = found or [
            (directory.number(width), directory.number(height)) for directory in where if width in directory
        ]
    return max(found, default=(0, 0))


def _is_adobe_rgb(directory: Directory) -> bool:
    return (
        directory.number(Tag.PREVIEW_COLOUR_SPACE) == DNG_ADOBE_RGB
        or directory.number(Tag.COLOUR_SPACE) == ADOBE_RGB
        or directory.numbers(Tag.INTEROPERABILITY_INDEX)[:3] == DCF_ADOBE_RGB
    )
