"""Results of the analyses of a picture."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """What is seen in a photo, by name; `confidence` in percent, `parents` what it is a kind of."""

    name: str
    confidence: float
    parents: tuple[str, ...] = ()
