"""RAW files that are TIFF files inside: DNG, NEF, CR2, ARW, PEF, SRW, RW2 and many others."""

from collections.abc import Sequence
from typing import BinaryIO

from function import tiff
from function.imaging.formats import tiff_tags
from function.imaging.formats.raw.embedded import Embedded, Span
from function.tiff import Directory

WIDTH, HEIGHT, COMPRESSION, PHOTOMETRIC, ORIENTATION = 256, 257, 259, 262, 274
JPEG_AT, JPEG_BYTES = 513, 514
EXIF_WIDTH, EXIF_HEIGHT, COLOUR_SPACE, INTEROPERABILITY_INDEX = 40962, 40963, 40961, 1
DNG_CROP, DNG_PREVIEW_SPACE = 50720, 50970
# Panasonic's first directory: the JPEG itself as the value of a tag, and where the sensor's borders lie.
RW2_JPEG, RW2_BORDERS = 46, (4, 5, 6, 7)
# Its sensor's sides in pixels, and where the pixels lie.
RW2_WIDTH, RW2_HEIGHT, RW2_PIXELS = 2, 3, 0x118
# Where a place cannot be told in four bytes, Panasonic writes this.
ELSEWHERE = 0xFFFFFFFF
# What only a sensor's directory has: Canon's slices, the colours of the mosaic, and Panasonic's JPEG.
OF_SENSORS = (50752, 33422, RW2_JPEG)
CFA, LINEAR_RAW = 32803, 34892
JPEGS = (6, 7)
ADOBE_RGB, DNG_ADOBE_RGB, DCF_ADOBE_RGB = 2, 3, tuple(b"R03")


def read(photo: BinaryIO) -> Embedded | None:
    """What the directories say; None where none of them is a sensor's."""
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
        orientation=found[0].number(ORIENTATION, 1),
        adobe_rgb=any(_is_adobe_rgb(directory) for directory in found),
        end=end,
        begin=begin,
        # Cameras write strips as they like; of tiles, each has its place.
        named=min((tiff_tags.named_share(sensor) for sensor in sensors if tiff.TILES in sensor), default=1.0),
    )


def _sensor_range(sensors: Sequence[Directory]) -> tuple[int, int]:
    """The place of the first byte of the sensors' pixels, and the place behind the last."""
    ranges = [(at, at + size) for sensor in sensors for at, size in sensor.pixel_ranges() if size and at < ELSEWHERE]
    ranges += [_panasonic_range(sensor) for sensor in sensors if RW2_PIXELS in sensor]
    return min((begin for begin, _ in ranges), default=0), max((end for _, end in ranges), default=0)


def _panasonic_range(sensor: Directory) -> tuple[int, int]:
    """The same by Panasonic's own tags; where it does not say how many bytes there are, a pixel takes one or more."""
    begin = sensor.number(RW2_PIXELS)
    return begin, begin + (sensor.number(tiff.STRIP_BYTES) or sensor.number(RW2_WIDTH) * sensor.number(RW2_HEIGHT))


def _is_sensor(directory: Directory) -> bool:
    return any(tag in directory for tag in OF_SENSORS) or directory.number(PHOTOMETRIC) in (CFA, LINEAR_RAW)


def _jpegs(directory: Directory) -> list[Span]:
    spans = [Span(directory.number(JPEG_AT), directory.number(JPEG_BYTES))]
    if directory.number(COMPRESSION) in JPEGS and len(directory.pixel_ranges()) == 1:
        spans += [Span(*directory.pixel_ranges()[0])]
    return [span for span in spans if span.at and span.size]


def _within(sensor: Directory) -> list[Span]:
    # A sensor's strips may be JPEGs too, but of the kind that cameras pack the mosaic with.
    entry = sensor.entries.get(RW2_JPEG)
    return [Span(entry.place, entry.size)] if entry else []


def _size(sensors: Sequence[Directory], others: Sequence[Directory]) -> tuple[int, int]:
    """The largest that a sensor's directory names, cropped where it says so, else the largest that any names."""
    borders = [[directory.number(tag) for tag in RW2_BORDERS] for directory in sensors if RW2_JPEG in directory]
    if borders:
        top, left, bottom, right = borders[0]
        return right - left, bottom - top
    crops = [directory.numbers(DNG_CROP) for directory in sensors]
    found = [(crop[0], crop[1]) for crop in crops if len(crop) == 2]  # noqa: PLR2004 - width and height
    for (width, height), where in (
        ((WIDTH, HEIGHT), sensors),
        ((EXIF_WIDTH, EXIF_HEIGHT), others),
        ((WIDTH, HEIGHT), others),
    ):
        found = found or [
            (directory.number(width), directory.number(height)) for directory in where if width in directory
        ]
    return max(found, default=(0, 0))


def _is_adobe_rgb(directory: Directory) -> bool:
    return (
        directory.number(DNG_PREVIEW_SPACE) == DNG_ADOBE_RGB
        or directory.number(COLOUR_SPACE) == ADOBE_RGB
        or directory.numbers(INTEROPERABILITY_INDEX)[:3] == DCF_ADOBE_RGB
    )
