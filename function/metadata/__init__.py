"""What the camera wrote: bytes -> time, place, camera, exposure."""

from function.metadata.exif import read

__all__ = ["read"]
