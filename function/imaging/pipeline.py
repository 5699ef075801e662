"""Lists the steps from a photo's bytes to its renditions, and runs them."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import BinaryIO

from function.contract.recipe import Recipe
from function.imaging.decode import decode
from function.imaging.encode import encode
from function.imaging.fit import fit
from function.imaging.sniff import sniff
from function.imaging.summary import summarize
from function.imaging.work import Step, Work
from function.values.rendering import Rendering

ENCODERS_AT_ONCE = 2

# A step that marks the renditions, such as a watermark, stands between fit and encode: it replaces the `output` of each
# size. The next size is derived from `pixels`, and the summary is of them, so that a mark is in neither.
# Colour has no step: each format says its colours in its own way, so decoders give sRGB.
STEPS: tuple[Step, ...] = (sniff, decode, fit, encode, summarize)


def run(photo: BinaryIO, recipe: Recipe, steps: Iterable[Step] = STEPS) -> Rendering:
    """Run the steps on a photo, read from a binary file that can be sought in. Raises what the steps raise."""
    with ThreadPoolExecutor(ENCODERS_AT_ONCE) as encoders:
        work = Work(photo, recipe, encoders)
        for step in steps:
            work = step(work)
        return _rendering(work)


def _rendering(work: Work) -> Rendering:
    decoded = work.decoded
    return Rendering(
        format=decoded.format or work.format.name,
        width=decoded.width,
        height=decoded.height,
        source=decoded.source,
        renditions=tuple(encoding.rendition() for encoding in work.encodings),
        partial_reason=decoded.partial_reason,
        **asdict(work.summary),
    )
