"""Derives names from an original's key: the photo's id and the keys of its renditions."""

import base64
import hashlib
import re
from dataclasses import astuple

from function.contract.recipe import EXTENSIONS, Recipe, RenditionSpec

# Prefix of the index's keys for objects outside of the originals prefix. No client uploads a key that starts so.
OUTSIDE = "../"
PHOTO_ID = re.compile("[a-z2-7]{24}")


def outside_key(key: str) -> str:
    """Return the index's key for an object outside of the originals prefix, from its full key."""
    return OUTSIDE + key


def is_outside(key: str) -> bool:
    """Check whether a key of the index names an object outside of the originals prefix."""
    return key.startswith(OUTSIDE)


def full_key(prefix: str, key: str) -> str:
    """Return the full key in the bucket for a key of the index."""
    return key.removeprefix(OUTSIDE) if is_outside(key) else prefix + key


def photo_id(key: str) -> str:
    """Return the id of the photo with this key below the originals prefix: 24 characters of a-z and 2-7."""
    return base64.b32encode(hashlib.sha256(key.encode()).digest()[:15]).decode().lower()


def is_photo_id(text: str) -> bool:
    """Check whether a text has the form of a photo's id."""
    return bool(PHOTO_ID.fullmatch(text))


def rendition_key(name: str, key: str, image_format: str) -> str:
    """Return the key in the renditions bucket: `512/2006/10/04/IMG_00001.NEF.jpg` for the rendition named 512."""
    return f"{name}/{key}.{EXTENSIONS[image_format]}"


def recipe_id(recipe: Recipe) -> str:
    """Return the id of a recipe. It changes with every size, quality or format."""
    return ",".join(map(rendition_id, recipe))


def rendition_id(spec: RenditionSpec) -> str:
    """Return the id of one spec of a recipe, such as `512-80-jpeg`."""
    return "-".join(map(str, astuple(spec)))
