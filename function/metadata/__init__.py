"""Reads the metadata of camera and owner: from bytes to time, place, camera, exposure, keywords."""

from function.metadata.capture_time import taken
from function.metadata.describing import describe
from function.metadata.geocoding import located, place_of
from function.metadata.reading import read
from function.metadata.sidecars import merged, read_sidecar

__all__ = ["describe", "located", "merged", "place_of", "read", "read_sidecar", "taken"]
