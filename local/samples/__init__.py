"""Draws sample photos: scenes in cameras' formats, for a new library, for tests and for benchmarks."""

from local.samples.album import draw_library
from local.samples.dng import Dng, write_dng
from local.samples.scenes import SCENES, draw

__all__ = ["SCENES", "Dng", "draw", "draw_library", "write_dng"]
