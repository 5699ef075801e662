"""The pipeline is a tuple of steps: one that marks the renditions has its place, and touches nothing else."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from function.contract.recipe import RenditionSpec
from function.imaging import pipeline, samples, vips
from function.imaging.decoded import Decoded
from function.imaging.encode import encode
from function.imaging.fit import fit
from function.imaging.pipeline import STEPS
from function.imaging.work import Size, Work
from function.values.rendering import Rendering
from tests.support.pictures import encoded, quarters

RECIPE = tuple(RenditionSpec(size) for size in (64, 16, 32))
MARK = 255


def marked(work: Work) -> Work:
    """Whiten the middle of each size, as a watermark would."""
    return replace(work, sizes=_marked(work))


def _marked(work: Work) -> Iterator[Size]:
    for size in work.sizes:
        width, height = size.pixels.width, size.pixels.height
        box = (width // 4, height // 4, width // 2, height // 2)
        yield replace(size, output=size.pixels.draw_rect([MARK] * 3, *box, fill=True))


def rendered(*, with_mark: bool) -> Rendering:
    at = STEPS.index(encode)
    steps = (*STEPS[:at], marked, *STEPS[at:]) if with_mark else STEPS
    return pipeline.run(encoded(Image.fromarray(quarters(96, 64)), "PNG"), RECIPE, steps)


def middles(rendering: Rendering) -> list[int]:
    pictures = [np.asarray(Image.open(io.BytesIO(image.content))) for image in rendering.renditions]
    return [int(picture[picture.shape[0] // 2 - 1, picture.shape[1] // 2 - 1].min()) for picture in pictures]


def test_a_step_before_encode_marks_every_rendition() -> None:
    assert min(middles(rendered(with_mark=True))) > MARK - 15
    assert min(middles(rendered(with_mark=False))) < MARK - 100


def test_a_mark_is_in_no_other_size_and_in_no_summary() -> None:
    plain, with_mark = rendered(with_mark=False), rendered(with_mark=True)
    assert [image.spec.size for image in with_mark.renditions] == [64, 32, 16]
    assert replace(with_mark, renditions=()) == replace(plain, renditions=())


def test_a_size_is_derived_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    derived: list[int] = []
    resized = vips.resized

    def watched(image: vips.Image, width: int, height: int) -> vips.Image:
        derived.append(width)
        return resized(image, width, height)

    monkeypatch.setattr(vips, "resized", watched)
    decoded = Decoded(samples.from_array(quarters(96, 64)), 96, 64)
    with ThreadPoolExecutor(1) as encoders:
        sizes = iter(fit(Work(io.BytesIO(), RECIPE, encoders, decoded=decoded)).sizes)
        found = [(next(sizes).spec.size, list(derived)) for _ in RECIPE]
    assert found == [(64, [64]), (32, [64, 32]), (16, [64, 32, 16])]
