"""Photographs that nobody took: drawn scenes in cameras' formats, for a first look, for tests and for benches."""

from local.samples.album import draw_library
from local.samples.dng import Dng, write_dng
from local.samples.scenes import SCENES, draw

__all__ = ["SCENES", "Dng", "draw", "draw_library", "write_dng"]
