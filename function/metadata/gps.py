"""Coordinates as EXIF and XMP write them: degrees, minutes, seconds, and the side of the equator."""

import re

from function.metadata.converters import ratio
from function.metadata.tags import Tags

# 46,30,36N or 46,30.6N
XMP = re.compile(r"(\d+),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?([NSEW])")
MOST = {"Latitude": 90, "Longitude": 180}
BELOW_SEA = 1
NAMES = {
    f"{directory}.GPS{name}{ref}"
    for directory in ("Exif.GPSInfo", "Xmp.exif")
    for name in (*MOST, "Altitude")
    for ref in ("", "Ref")
}


def coordinates(tags: Tags) -> tuple[float | None, float | None]:
    """Latitude and longitude in decimal degrees, south and west negative: both, or none."""
    for degrees in (_exif, _xmp):
        latitude, longitude = degrees(tags, "Latitude"), degrees(tags, "Longitude")
        # 0, 0 is what a receiver writes that has found no satellite.
        if latitude is not None and longitude is not None and (latitude or longitude):
            return latitude, longitude
    return None, None


def altitude(tags: Tags) -> float | None:
    """Metres above the sea, or below it."""
    for directory in ("Exif.GPSInfo", "Xmp.exif"):
        metres = ratio(_first(tags, f"{directory}.GPSAltitude"))
        if metres is not None:
            below = ratio(_first(tags, f"{directory}.GPSAltitudeRef")) == BELOW_SEA
            return round(float(-metres if below else metres), 2)
    return None


def _exif(tags: Tags, name: str) -> float | None:
    parts = [ratio(part) for part in _first(tags, f"Exif.GPSInfo.GPS{name}").split()]
    if len(parts) != 3 or None in parts:  # noqa: PLR2004 - degrees, minutes, seconds
        return None
    return _decimal(name, [float(part or 0) for part in parts], _first(tags, f"Exif.GPSInfo.GPS{name}Ref"))


def _xmp(tags: Tags, name: str) -> float | None:
    found = XMP.fullmatch(_first(tags, f"Xmp.exif.GPS{name}"))
    return _decimal(name, [float(part or 0) for part in found.groups()[:3]], found[4]) if found else None


def _decimal(name: str, parts: list[float], side: str) -> float | None:
    degrees = parts[0] + parts[1] / 60 + parts[2] / 3600
    sign = -1 if side.upper().startswith(("S", "W")) else 1
    return round(sign * degrees, 7) if degrees <= MOST[name] else None


def _first(tags: Tags, name: str) -> str:
    return next(iter(tags.get(name, ())), "")
