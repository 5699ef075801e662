"""Names that follow from an original's key: the photo's id and the keys of its renditions."""

import base64
import hashlib
import re
from dataclasses import astuple

from function.contract import EXTENSIONS, Recipe, RenditionSpec

# How the index names what lies beside the originals, as a path from there. Clients put no such name below a prefix.
BESIDE = "../"
PHOTO_ID = re.compile("[a-z2-7]{24}")


def beside(key: str) -> str:
    """What the index calls the object with this whole key, which lies outside of the originals prefix."""
    return BESIDE + key


def is_beside(key: str) -> bool:
    """Whether the index's name is that of something outside of the originals prefix."""
    return key.startswith(BESIDE)


def whole(prefix: str, key: str) -> str:
    """The whole key of the object that the index calls by this key."""
    return key.removeprefix(BESIDE) if is_beside(key) else prefix + key


def photo_id(key: str) -> str:
    """The id of the photo with this key below the originals prefix: 24 lower-case letters and digits."""
    return base64.b32encode(hashlib.sha256(key.encode()).digest()[:15]).decode().lower()


def is_photo_id(text: str) -> bool:
    """Whether the text has the shape of a photo's id."""
    return bool(PHOTO_ID.fullmatch(text))


def rendition_key(name: str, key: str, image_format: str) -> str:
    """The key in the renditions bucket: `512/2006/10/04/IMG_00001.NEF.jpg` for the 512 of that original."""
    return f"{name}/{key}.{EXTENSIONS[image_format]}"


def recipe_id(recipe: Recipe) -> str:
    """The name of a recipe: another size, quality or format makes another."""
    return ",".join(map(spec_id, recipe))


def spec_id(spec: RenditionSpec) -> str:
    """The name of one part of a recipe."""
    return "-".join(map(str, astuple(spec)))
