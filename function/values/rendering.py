"""Renditions as encoded bytes, as imaging makes them."""

from dataclasses import dataclass, field

from function.contract.recipe import RenditionSpec

# Pixels are decoded or drawn at least this much larger than they are needed, so that a good filter does the last step.
HEADROOM = 1.25


@dataclass(frozen=True)
class RenderedImage:
    """One rendition as encoded bytes; width and height in pixels, as seen upright.

    `same_as` is the part of the recipe whose larger rendition serves for this one too, because the photo is no larger
    than this size: its bytes are the same, and are to be stored once.
    """

    spec: RenditionSpec
    width: int
    height: int
    content_type: str
    content: bytes = field(repr=False)
    same_as: RenditionSpec | None = None


@dataclass(frozen=True)
class Rendering:
    """What imaging made of a photo: its format, its upright size in pixels, and its renditions, largest first.

    `source` tells what the pixels came from: full, preview, half or drawn. A `partial_reason` says why the photo is not
    whole. `placeholder` is base64 of width, height and that many RGB cells; `phash` 64 bits in hexadecimal; `colours`
    #rrggbb.
    """

    format: str
    width: int
    height: int
    source: str
    renditions: tuple[RenderedImage, ...]
    placeholder: str
    phash: str
    colours: tuple[str, ...]
    partial_reason: str | None = None
