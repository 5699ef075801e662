"""All that a photo's file tells about it, and what follows from that without asking anybody."""

from datetime import datetime
from typing import BinaryIO

from function.metadata.capture import taken
from function.metadata.places import located
from function.metadata.reading import read
from function.values import Description


def describe(photo: BinaryIO, key: str, uploaded: datetime) -> Description:
    """When the photo with this key was taken and what is written in it, with the names of its place."""
    written = read(photo)
    return Description(taken(written, key, uploaded), located(written))
