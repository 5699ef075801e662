"""The sheet follows from the box, which is whatever somebody wrote."""

import pytest

from function.postscript.messages import Refusal, RefusedError
from function.postscript.page import LONGEST_PIXELS, Sheet, sheet
from tests.support.eps_files import eps


def refusal(postscript: bytes) -> Refusal:
    with pytest.raises(RefusedError) as refused:
        sheet(postscript, 2560)
    return refused.value.refusal


def test_the_longest_side_has_the_pixels_that_are_needed() -> None:
    assert sheet(eps(""), 2560) == Sheet(2560, 1280, 921.6, 100, 200)


def test_the_exact_box_is_preferred() -> None:
    boxes = "%%BoundingBox: 0 0 11 20\n%%HiResBoundingBox: 0.5 0 10.5 20"
    assert sheet(eps("", boxes), 200) == Sheet(100, 200, 720, 0.5, 0)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_box_may_be_left_to_the_end_whatever_lines_end_with(end: str) -> None:
    file = eps("", "%%BoundingBox: (atend)", "%%Trailer\n%%BoundingBox: 1 1 2 2\n%%BoundingBox: 0 0 10 20\n")
    assert sheet(file.replace(b"\n", end.encode()), 200) == Sheet(100, 200, 720, 0, 0)


def test_a_drawing_within_the_drawing_has_a_box_of_its_own() -> None:
    assert sheet(eps("%%BeginDocument: a\n%%BoundingBox: 0 0 1 9"), 2560).height == 1280


def test_a_hair_is_one_pixel_wide() -> None:
    assert sheet(eps("", "%%BoundingBox: 0 0 1 100000"), 2560).width == 1


def test_no_recipe_asks_for_more_than_fits_into_memory() -> None:
    assert sheet(eps(""), 1_000_000).width == LONGEST_PIXELS


@pytest.mark.parametrize(
    "box",
    [
        *("%%Title: none", "%%BoundingBox: (atend)", "%%BoundingBox: 0 0 nan 5", "%%BoundingBox: 1 2 3"),
        *("%%BoundingBox: 0 0 0 0", "%%BoundingBox: 10 10 5 5", "%%HiResBoundingBox: 0 0 0.0001 0.0001"),
    ],
)
def test_what_says_not_where_it_draws_is_refused(box: str) -> None:
    assert refusal(eps("", box)) == Refusal.NO_BOUNDING_BOX


@pytest.mark.parametrize(
    "box", ["0 0 1000000000 1000000000", "-999999999 0 1 1", "0 0 999999999999 1", "100001 0 100002 1"]
)
def test_a_box_of_a_thousand_million_points_is_refused(box: str) -> None:
    assert refusal(eps("", f"%%BoundingBox: {box}")) == Refusal.TOO_LARGE_BOX
