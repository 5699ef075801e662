"""EXIF, IPTC and XMP as they are written, by Exiv2, from every format that it reads."""

from collections.abc import Mapping
from typing import Any, BinaryIO

import pyexiv2
from pyexiv2.lib import exiv2api

from function.metadata.handed import handed

# From the tag's name, as Exiv2 has it, to what is written there: one text or several.
Tags = Mapping[str, tuple[str, ...]]

MUTE = 4
# Bytes of one value; more than any text that is shown, less than what a maker's notes hold.
LONGEST_VALUE = 20_000

# It warns about every oddity of every camera.
pyexiv2.set_log_level(MUTE)


def tags(photo: BinaryIO) -> Tags:
    """The photo's tags; none where it has none or they cannot be read. It never raises for what a file holds."""
    content = handed(photo)
    return tags_of(content) if content else {}


def tags_of(content: bytes) -> Tags:
    """The tags of a file that is one for Exiv2."""
    buffer = exiv2api.Buffer(content, len(content))
    try:
        image = exiv2api.Image(buffer)
        found = [*image.read_exif(), *image.read_iptc(), *image.read_xmp()]
        image.close_image()
    except Exception:  # noqa: BLE001 - a file may hold anything, and Exiv2 says so in many ways
        return {}
    finally:
        buffer.destroy()
    return _collected(found)


def _collected(found: list[dict[str, Any]]) -> Tags:
    collected: dict[str, tuple[str, ...]] = {}
    for datum in found:
        name = datum["tag"].decode("latin-1")
        held = datum["value"]
        texts = [_decoded(value) for value in (held if isinstance(held, list) else [held])]
        collected[name] = (*collected.get(name, ()), *texts)
    return collected


def _decoded(value: bytes) -> str:
    # EXIF says ASCII and means whatever the camera's menu was in; by now most write UTF-8.
    try:
        return value[:LONGEST_VALUE].decode()
    except UnicodeDecodeError:
        return value[:LONGEST_VALUE].decode("latin-1")
