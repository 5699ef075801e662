"""All that a photo's file tells about it, and what follows from that without asking anybody."""

from datetime import datetime
from typing import BinaryIO

from function.metadata.capture_time import taken
from function.metadata.geocoding import located
from function.metadata.reading import read
from function.metadata.sidecars import merged, read_sidecar
from function.values.description import Description


def describe(photo: BinaryIO, key: str, uploaded: datetime, sidecar: bytes = b"") -> Description:
    """Describe a photo: its capture time by its key too, its metadata and its sidecar's, and its place by name."""
    written = merged(read(photo), read_sidecar(sidecar))
    return Description(taken(written, key, uploaded), located(written))
