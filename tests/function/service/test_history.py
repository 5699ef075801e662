"""The ledger: what happened to a photo, each once, the first and the last of a long story."""

from datetime import UTC, datetime, timedelta

from function.service import history
from function.values.history import HistoryEntry
from function.values.photo import Photo, State

CAME = datetime(2026, 1, 2, tzinfo=UTC)


def photo(**known: object) -> Photo:
    return Photo(**{"key": "a.jpg", "state": State.READY, "sequencer": "01", "uploaded": CAME, **known})  # type: ignore[arg-type]


def test_a_photos_way_is_told_in_its_order() -> None:
    told = history.version_entries(photo(taken=CAME, taken_source="exif.original", state=State.PARTIAL, reason="cut"))
    assert [(entry.what, entry.detail) for entry in told] == [
        ("received", None),
        ("dated", "by exif.original"),
        ("partial", "cut"),
    ]
    assert told[0].when == CAME


def test_an_event_that_comes_again_is_told_once() -> None:
    before = photo(ledger=history.version_entries(photo()))
    assert history.extend(before, history.version_entries(photo())) == before.ledger
    gone = photo(ledger=history.extend(before, history.deletion_entries()))
    assert history.extend(gone, history.deletion_entries()) == gone.ledger
    back = history.extend(gone, history.version_entries(photo(uploaded=CAME + timedelta(1))))
    assert [entry.what for entry in back] == ["received", "deleted", "received"]


def test_of_a_long_story_the_beginning_and_the_end_are_kept() -> None:
    entries = tuple(HistoryEntry(CAME + timedelta(number), "retried") for number in range(100))
    kept = history.extend(None, entries)
    assert len(kept) == history.MOST_ENTRIES
    assert (kept[0], kept[-1]) == (entries[0], entries[-1])
