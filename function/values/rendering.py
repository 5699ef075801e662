"""Defines the results of imaging: renditions as encoded bytes."""

from dataclasses import dataclass, field

from function.contract.recipe import RenditionSpec

# Pixels are decoded or drawn at least this much larger than they are needed, so that a good filter does the last step.
HEADROOM = 1.25


@dataclass(frozen=True)
class RenderedImage:
    """One rendition as encoded bytes. Width and height are in pixels, upright.

    `same_as` is the spec of a larger rendition that serves for this one too, because the photo is no larger
    than this size. Its bytes are the same, and are stored once.
    """

    spec: RenditionSpec
    width: int
    height: int
    content_type: str
    content: bytes = field(repr=False)
    same_as: RenditionSpec | None = None


@dataclass(frozen=True)
class Rendering:
    """The result of rendering a photo: its format, its upright size in pixels, and its renditions, largest first.

    `source` names the origin of the pixels: full, preview, half or drawn. A `partial_reason` says why the photo is not
    whole. `placeholder` is base64 of width, height and width x height RGB cells; `phash` is 64 bits in hexadecimal;
    `colours` are #rrggbb.
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
