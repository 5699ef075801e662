"""Bounds a photo's size, by its header and before pixels are decoded."""

from function.errors import TooLargeError

# Above what any camera takes (the largest phone sensors have 200 million), below what a worker's memory holds.
MOST_PIXELS = 300_000_000
# Of formats that no camera writes, and whose decoders hold all pixels, some more than once.
MOST_HELD_PIXELS = 120_000_000
LONGEST_SIDE = 100_000


def check(width: int, height: int, most_pixels: int = MOST_PIXELS) -> None:
    """Check a size in pixels. Raises TooLargeError where there are more pixels than are decoded."""
    if width * height > most_pixels or max(width, height) > LONGEST_SIDE:
        raise TooLargeError(
            f"The photo says that it is {width} x {height} pixels; up to {most_pixels // 1_000_000} million pixels "
            f"and {LONGEST_SIDE} to a side are shown. Make a smaller version of it."
        )
