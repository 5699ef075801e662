"""Photographs that nobody took: drawn scenes in cameras' formats, for a first look, for tests and for benches."""

from local.pictures.album import draw_library
from local.pictures.dng import Dng, write_dng
from local.pictures.scenes import SCENES, draw

__all__ = ["SCENES", "Dng", "draw", "draw_library", "write_dng"]
