"""Renders a photo by the pipeline: the entry for the sandbox, the benchmarks and the tests."""

from typing import BinaryIO

from function.contract.recipe import Recipe
from function.imaging import pipeline
from function.values.rendering import Rendering


def render(photo: BinaryIO, recipe: Recipe) -> Rendering:
    """Make the recipe's renditions of a photo, read from a binary file that can be sought in.

    Raises EmptyFileError, NotAPhotoError, UnsupportedFormatError, TooLargeError or BrokenImageError, whose messages are
    for the photo's owner.
    """
    return pipeline.run(photo, recipe)
