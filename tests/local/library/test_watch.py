"""Whether what lies in a store is known already, in stores with versions and without."""

from datetime import UTC, datetime, timedelta

import pytest

from function.ports.objects import ObjectInfo
from function.values.photo import Photo, State
from local.library.watch import _is_indexed, _next_sequencer, _sequencer

CAME = datetime(2026, 4, 5, 6, 7, 8, tzinfo=UTC)
LATER, AT_ONCE = (_sequencer(CAME + timedelta(seconds=seconds)) for seconds in (5, 0.5))


def photo(sequencer: str = LATER, version_id: str | None = None, state: State = State.READY) -> Photo:
    return Photo(key="a.jpg", state=state, sequencer=sequencer, version_id=version_id, bytes=3)


def stored(version_id: str | None = None, size: int = 3) -> ObjectInfo:
    return ObjectInfo(version_id, size, '"etag"', CAME)


@pytest.mark.parametrize(
    ("known", "there", "is_replaced", "taken_in"),
    [
        (photo(version_id="v1"), stored("v1"), True, True),
        (photo(version_id="v1"), stored("v2"), False, False),
        (photo(), stored(), False, True),
        (photo(), stored(), True, False),
        (photo(), stored(size=4), False, False),
        (photo(sequencer=AT_ONCE), stored(), False, False),
        (photo(version_id="v1", state=State.DELETED), stored("v1"), False, False),
    ],
)
def test_what_is_taken_in_is_not_told_of_again(
    known: Photo, there: ObjectInfo, is_replaced: bool, taken_in: bool
) -> None:
    assert _is_indexed(known, there, is_replaced=is_replaced) == taken_in


def test_what_is_told_counts_more_than_what_is_known_whatever_the_clock_says() -> None:
    assert _next_sequencer(photo(), AT_ONCE) > LATER
    assert _next_sequencer(photo(sequencer=AT_ONCE), LATER) == LATER
    assert _next_sequencer(None, AT_ONCE) == AT_ONCE
