"""Defines the results of image analyses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """A label of a photo's content. `confidence` is in percent; `parents` are the more general labels above it."""

    name: str
    confidence: float
    parents: tuple[str, ...] = ()
