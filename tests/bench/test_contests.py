"""The contests name photos, jobs and tools that there are: found out before an hour of measuring, not within it."""

import pytest

from bench.contests import CONTESTS, Contest
from bench.jobs import JOBS
from bench.photos import JPEGS, OTHERS, RAWS
from bench.reading import Reading
from bench.timed import Timed
from bench.tools import INSTALL

PYTHON = "python"


@pytest.mark.parametrize("contest", CONTESTS, ids=lambda contest: f"{contest.group}, {contest.photo}")
def test_a_contest_has_its_photo_and_says_how_its_tools_are_installed(contest: Contest) -> None:
    assert contest.photo in {*JPEGS, *OTHERS, *RAWS}
    assert set(contest.tools) <= INSTALL.keys()


@pytest.mark.parametrize("contest", [each for each in CONTESTS if not isinstance(each, Reading)])
def test_a_contest_has_its_jobs(contest: Contest) -> None:
    assert not isinstance(contest, Reading)
    sides = [contest.peer, contest.ours] if isinstance(contest, Timed) else [contest.peer]
    assert {side.job for side in sides if side.program == PYTHON} <= JOBS.keys()


def test_the_bounds_of_the_notes_are_jobs() -> None:
    assert {contest.bound.job for contest in CONTESTS if isinstance(contest, Timed) and contest.bound} <= JOBS.keys()
