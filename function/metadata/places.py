"""Where a photo was taken."""

from collections.abc import Mapping
from typing import Any

from function.metadata import text

NEGATIVE = ("S", "W")
BELOW_SEA = 1


def degrees(tags: Mapping[str, Any], name: str, most: int) -> float | None:
    """Latitude or longitude in decimal degrees, south and west negative; None where it lies beyond the most."""
    parts = [text.ratio(value) for value in text.values(tags, name)]
    if len(parts) != 3 or None in parts:  # noqa: PLR2004 - degrees, minutes, seconds
        return None
    whole, minutes, seconds = (float(part or 0) for part in parts)
    found = whole + minutes / 60 + seconds / 3600
    sign = -1 if (text.plain(tags, f"{name}Ref") or "").upper().startswith(NEGATIVE) else 1
    return round(sign * found, 7) if found <= most else None


def altitude(tags: Mapping[str, Any]) -> float | None:
    """Metres above the sea, or below it."""
    found = [text.ratio(value) for value in text.values(tags, "GPS GPSAltitude")[:1]]
    if not found or found[0] is None:
        return None
    below = text.values(tags, "GPS GPSAltitudeRef")[:1] == [BELOW_SEA]
    return round(float(-found[0] if below else found[0]), 2)
