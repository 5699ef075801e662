"""How large a photo may be: checked in the header, before pixels are decoded."""

from function.errors import TooLargeError

# Above what any camera takes (the largest phone sensors have 200 million), below what a worker's memory holds.
MOST_PIXELS = 300_000_000
LONGEST_SIDE = 100_000


def check(width: int, height: int) -> None:
    """Raise TooLargeError for a photo of more pixels than are decoded."""
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise TooLargeError(
            f"The photo says that it is {width} x {height} pixels; up to {MOST_PIXELS // 1_000_000} million pixels "
            f"and {LONGEST_SIDE} to a side are shown. Make a smaller version of it."
        )
