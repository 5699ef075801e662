"""What camera and owner wrote: bytes -> time, place, camera, exposure, keywords."""

from function.metadata.capture import taken
from function.metadata.reading import read

__all__ = ["read", "taken"]
