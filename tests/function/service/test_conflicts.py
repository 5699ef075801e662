"""A write that lost is attempted again, with pauses that grow, and not for ever."""

import pytest

from function.ports.index import WriteResult
from function.service.conflicts import ATTEMPTS, LONGEST_PAUSE_SECONDS, ConflictError, until_written


def test_it_ends_with_the_first_write_that_is_no_conflict() -> None:
    results = iter([WriteResult.CONFLICT, WriteResult.CONFLICT, WriteResult.WRITTEN, WriteResult.CONFLICT])
    pauses: list[float] = []
    until_written(lambda: next(results), pauses.append)
    assert len(pauses) == 2
    assert next(results) is WriteResult.CONFLICT


def test_it_gives_up_after_bounded_attempts_and_pauses() -> None:
    pauses: list[float] = []
    with pytest.raises(ConflictError):
        until_written(lambda: WriteResult.CONFLICT, pauses.append)
    assert len(pauses) == ATTEMPTS
    assert max(pauses) <= LONGEST_PAUSE_SECONDS


def test_a_result_is_compared_and_never_taken_for_true() -> None:
    with pytest.raises(TypeError):
        bool(WriteResult.CONFLICT)
