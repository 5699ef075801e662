"""A few dozen photos through the endurance run, and that its verdict sees what it is there to see."""

from pathlib import Path

from tests.system.endurance.run import endure

PHOTOS = 60


def test_nothing_is_lost_and_nothing_double(tmp_path: Path) -> None:
    figures = endure(tmp_path, PHOTOS, seed=7, kills=0.01)
    assert figures.verdict.faults == ()
    assert figures.verdict.states.total() == PHOTOS
    assert figures.duplicates
    assert figures.weather["workers killed"]
