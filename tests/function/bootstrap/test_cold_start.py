"""What a cold start makes is not searched for garbage."""

import gc

import pytest

from function.bootstrap.cold_start import without_gc
from function.settings.settings import FUNCTION


def test_what_a_function_makes_meanwhile_is_not_searched_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FUNCTION, "worker")
    before = gc.get_freeze_count()
    with without_gc():
        assert not gc.isenabled()
        made = [[number] for number in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(made)
    gc.unfreeze()


def test_elsewhere_only_what_is_made_first_is_not() -> None:
    gc.unfreeze()
    with without_gc():
        first = [[number] for number in range(1000)]
    before = gc.get_freeze_count()
    assert before >= len(first)
    with without_gc():
        made = [[number] for number in range(1000)]
    assert gc.get_freeze_count() < before + len(made)


def test_the_search_goes_on_after_a_fault() -> None:
    with pytest.raises(ValueError, match="broken"), without_gc():
        raise ValueError("broken")
    assert gc.isenabled()


def test_who_has_switched_the_search_off_finds_it_off() -> None:
    gc.disable()
    try:
        with without_gc():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
