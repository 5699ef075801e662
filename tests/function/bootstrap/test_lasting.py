"""What a cold start makes is not searched for garbage."""

import gc

import pytest

from function.bootstrap.lasting import lasting


def test_what_is_made_meanwhile_is_not_searched_later() -> None:
    before = gc.get_freeze_count()
    with lasting():
        assert not gc.isenabled()
        made = [[number] for number in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(made)


def test_the_search_goes_on_after_a_fault() -> None:
    with pytest.raises(ValueError, match="broken"), lasting():
        raise ValueError("broken")
    assert gc.isenabled()


def test_who_has_switched_the_search_off_finds_it_off() -> None:
    gc.disable()
    try:
        with lasting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
