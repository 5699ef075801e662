"""A clock that jumps: events stay in order, messages stay visible, and no mapping pauses for long."""

import time
from collections.abc import Callable

import pytest
from ministack.services import lambda_svc, s3, sqs

from local.emulator.database import Database
from local.emulator.patches import clock

DAY = 86_400


@pytest.fixture
def begin(guard: Callable[..., Database]) -> None:
    guard(s3, sqs, lambda_svc)
    clock.apply()


def sequencer() -> str:
    found: str = s3._next_event_sequencer("s3:ObjectCreated:Put")
    return found


@pytest.mark.usefixtures("begin")
def test_a_run_after_the_clock_went_back_has_later_sequencers(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [sequencer() for _ in range(3)]
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now - DAY * 10**9)
    clock.apply()
    assert sequencer() > max(before)


@pytest.mark.usefixtures("begin")
@pytest.mark.parametrize("jump", [-DAY, DAY])
def test_a_jump_changes_no_wait_of_the_queues(monkeypatch: pytest.MonkeyPatch, jump: int) -> None:
    before, now = sqs.time.time(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + jump)
    assert 0 <= sqs.time.time() - before < 60


@pytest.mark.usefixtures("begin")
def test_a_mapping_that_paused_goes_on_after_the_clock_went_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    lambda_svc._esm_backoff_until["mapping"] = now + 1
    assert lambda_svc._esm_backoff_until.get("mapping", 0) > now
    monkeypatch.setattr(time, "time", lambda: now - DAY)
    assert lambda_svc._esm_backoff_until.get("mapping", 0) == 0
