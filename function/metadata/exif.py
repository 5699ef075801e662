"""EXIF, by ExifRead, from every format that it reads."""

import logging
from collections.abc import Mapping
from typing import Any, BinaryIO

import exifread

from function.metadata import dates, places, text
from function.metadata.containers import exif_file
from function.values import Metadata

# It warns about every oddity of every camera.
logging.getLogger("exifread").setLevel(logging.CRITICAL)

Tags = Mapping[str, Any]


def read(photo: BinaryIO) -> Metadata:
    """What the camera wrote into the photo; what cannot be read is None. It never raises for what a file holds."""
    try:
        tags: Tags = exifread.process_file(exif_file(photo), details=False, extract_thumbnail=False)
    except Exception:  # noqa: BLE001 - a file may hold anything, and ExifRead raises whatever it trips over
        return Metadata()
    return Metadata(
        taken=dates.taken(tags),
        make=text.plain(tags, "Image Make"),
        model=text.plain(tags, "Image Model"),
        lens=text.plain(tags, "EXIF LensModel"),
        exposure=text.exposure(tags, "EXIF ExposureTime"),
        aperture=text.number(tags, "EXIF FNumber"),
        iso=text.whole(tags, "EXIF ISOSpeedRatings"),
        focal_length=text.number(tags, "EXIF FocalLength"),
        latitude=places.degrees(tags, "GPS GPSLatitude", 90),
        longitude=places.degrees(tags, "GPS GPSLongitude", 180),
        altitude=places.altitude(tags),
        artist=text.plain(tags, "Image Artist"),
        copyright=text.plain(tags, "Image Copyright"),
        caption=text.plain(tags, "Image ImageDescription"),
    )
