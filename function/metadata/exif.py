"""Reads the wanted tags of EXIF by its directories, where Exiv2 does not take it: each tag for itself."""

import io
import struct
from collections.abc import Container, Iterator

from function.files import tiff
from function.files.tiff_tags import Tag

# The directories' names in Exiv2's tags, by the tag that points to them; the first directory has none.
IMAGE = "Exif.Image"
POINTERS = {Tag.EXIF: "Exif.Photo", Tag.GPS: "Exif.GPSInfo"}
NAMES = {
    IMAGE: {
        0x010E: "ImageDescription",
        0x010F: "Make",
        0x0110: "Model",
        0x0112: "Orientation",
        0x0132: "DateTime",
        0x013B: "Artist",
        0x4746: "Rating",
        0x4749: "RatingPercent",
        0x8298: "Copyright",
        0x829A: "ExposureTime",
        0x829D: "FNumber",
        0x8827: "ISOSpeedRatings",
        0x9003: "DateTimeOriginal",
        0x920A: "FocalLength",
        0x9C9B: "XPTitle",
        0x9C9C: "XPComment",
        0x9C9E: "XPKeywords",
    },
    "Exif.Photo": {
        0x829A: "ExposureTime",
        0x829D: "FNumber",
        0x8827: "ISOSpeedRatings",
        0x8832: "RecommendedExposureIndex",
        0x8833: "ISOSpeed",
        0x9003: "DateTimeOriginal",
        0x9004: "DateTimeDigitized",
        0x9010: "OffsetTime",
        0x9011: "OffsetTimeOriginal",
        0x9012: "OffsetTimeDigitized",
        0x920A: "FocalLength",
        0x9290: "SubSecTime",
        0x9291: "SubSecTimeOriginal",
        0x9292: "SubSecTimeDigitized",
        0xA434: "LensModel",
    },
    "Exif.GPSInfo": {
        1: "GPSLatitudeRef",
        2: "GPSLatitude",
        3: "GPSLongitudeRef",
        4: "GPSLongitude",
        5: "GPSAltitudeRef",
        6: "GPSAltitude",
        7: "GPSTimeStamp",
        29: "GPSDateStamp",
    },
}
ASCII = 2
LONGEST_VALUE = 64 << 10


def tags(block: bytes, wanted: Container[str]) -> dict[str, tuple[str, ...]]:
    """The wanted tags of a block of EXIF, which is a TIFF, named and written as Exiv2 does."""
    file = io.BytesIO(block)
    return {name: (value,) for name, value in _named(file) if name in wanted and value}


def _named(file: io.BytesIO) -> Iterator[tuple[str, str]]:
    names: dict[int, str] = {}
    try:
        for directory in tiff.directories(file):
            if not names:
                names = {directory.number(pointer): name for pointer, name in POINTERS.items()}
                yield from _of(directory, IMAGE)
            elif name := names.get(directory.offset):
                yield from _of(directory, name)
    except (struct.error, ValueError, OverflowError):  # places that no file has
        return


def _of(directory: tiff.Directory, name: str) -> Iterator[tuple[str, str]]:
    for tag, entry in directory.entries.items():
        if tag in NAMES[name] and 0 < entry.size <= LONGEST_VALUE:
            yield f"{name}.{NAMES[name][tag]}", _written(directory, entry)


def _written(directory: tiff.Directory, entry: tiff.IfdEntry) -> str:
    directory.photo.seek(entry.offset)
    packed = directory.photo.read(entry.size)
    if entry.kind == ASCII:
        text = packed.partition(b"\0")[0]
        try:
            return text.decode()
        except UnicodeDecodeError:
            return text.decode("cp1252", errors="ignore")
    pairs = tiff.FRACTIONS.get(entry.kind)
    code = pairs[1:] * 2 if pairs else tiff.TYPES[entry.kind]
    if len(packed) < entry.size:
        return ""
    numbers = [number for group in struct.iter_unpack(directory.layout.order + code, packed) for number in group]
    texts = [f"{top}/{bottom}" for top, bottom in zip(numbers[::2], numbers[1::2], strict=True)] if pairs else numbers
    return " ".join(map(str, texts))
