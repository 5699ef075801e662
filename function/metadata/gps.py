"""Coordinates as EXIF and XMP write them: degrees, minutes, seconds, and the side of the equator."""

import re

from function.metadata.tags import Tags
from function.metadata.text import ratio

# 46,30,36N or 46,30.6N, as XMP has it; 46.51, -46.51, 46.51N, 46.51 with a tag for its side, as programs write it
XMP = re.compile(
    r"\s*([+-]?)\s*(\d{1,3}(?:\.\d+)?)\s*(?:[,\s°]\s*(\d{1,2}(?:\.\d+)?)\s*(?:[,\s'′]\s*(\d{1,2}(?:\.\d+)?)[\"″]?)?)?"
    r"\s*°?['′]?\s*([NSEW]?)\s*",
    re.IGNORECASE,
)
MOST = {"Latitude": 90, "Longitude": 180}
# EXIF 3's 3 is below the ellipsoid.
BELOW_SEA = {1, 3}
# Metres: the deepest sea, and what no aircraft reaches. Beyond lie numbers with all bits set.
DEEPEST, HIGHEST = -11_000, 100_000
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
    """Metres above the sea, or below it; None where no photo can have been taken so high or so deep."""
    for directory in ("Exif.GPSInfo", "Xmp.exif"):
        metres = ratio(_first(tags, f"{directory}.GPSAltitude"))
        if metres is not None:
            below = ratio(_first(tags, f"{directory}.GPSAltitudeRef")) in BELOW_SEA
            found = float(-abs(metres) if below else metres)
            if DEEPEST <= found <= HIGHEST:
                return round(found, 2)
    return None


def _exif(tags: Tags, name: str) -> float | None:
    parts = [ratio(part) for part in _first(tags, f"Exif.GPSInfo.GPS{name}").split()]
    # Some programs write degrees alone, or degrees and minutes; seconds of 0/0 are none.
    if not 1 <= len(parts) <= 3 or parts[0] is None:  # noqa: PLR2004 - degrees, minutes, seconds
        return None
    numbers = [float(part or 0) for part in (*parts, 0, 0)][:3]
    return _decimal(name, numbers, _first(tags, f"Exif.GPSInfo.GPS{name}Ref"))


def _xmp(tags: Tags, name: str) -> float | None:
    found = XMP.fullmatch(_first(tags, f"Xmp.exif.GPS{name}"))
    if not found:
        return None
    sign, *parts, side = found.groups()
    side = side or _first(tags, f"Xmp.exif.GPS{name}Ref").strip()
    degrees = _decimal(name, [float(part or 0) for part in parts], side)
    return -degrees if degrees and sign == "-" and degrees > 0 else degrees


def _decimal(name: str, parts: list[float], side: str) -> float | None:
    if max(parts[1:]) >= 60:  # noqa: PLR2004 - minutes and seconds
        return None
    degrees = abs(parts[0]) + parts[1] / 60 + parts[2] / 3600
    sign = -1 if side.upper().startswith(("S", "W")) or parts[0] < 0 else 1
    return round(sign * degrees, 7) if degrees <= MOST[name] else None


def _first(tags: Tags, name: str) -> str:
    return next(iter(tags.get(name, ())), "")
