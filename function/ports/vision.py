"""Analysis of pictures."""

from typing import Protocol

from function.values.analysis import Label


class LabelDetector(Protocol):
    """Whoever looks at pictures, for money."""

    def labels(self, jpeg: bytes) -> tuple[Label, ...]:
        """What is seen in a JPEG of at most 5 MB, the surest first. Raises BrokenImageError where it is not taken."""
