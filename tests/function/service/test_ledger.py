"""The ledger: what happened to a photo, each once, the first and the last of a long story."""

from datetime import UTC, datetime, timedelta

from function.service import ledger
from function.values import Entry, Photo, State

CAME = datetime(2026, 1, 2, tzinfo=UTC)


def photo(**known: object) -> Photo:
    return Photo(**{"key": "a.jpg", "state": State.READY, "sequencer": "01", "uploaded": CAME, **known})  # type: ignore[arg-type]


def test_a_photos_way_is_told_in_its_order() -> None:
    told = ledger.developed(photo(taken=CAME, taken_source="exif.original", state=State.PARTIAL, reason="cut"))
    assert [(entry.what, entry.detail) for entry in told] == [
        ("received", None),
        ("dated", "by exif.original"),
        ("partial", "cut"),
    ]
    assert told[0].when == CAME


def test_an_event_that_comes_again_is_told_once() -> None:
    before = photo(ledger=ledger.developed(photo()))
    assert ledger.continued(before, ledger.developed(photo())) == before.ledger
    gone = photo(ledger=ledger.continued(before, ledger.deleted()))
    assert ledger.continued(gone, ledger.deleted()) == gone.ledger
    back = ledger.continued(gone, ledger.developed(photo(uploaded=CAME + timedelta(1))))
    assert [entry.what for entry in back] == ["received", "deleted", "received"]


def test_of_a_long_story_the_beginning_and_the_end_are_kept() -> None:
    entries = tuple(Entry(CAME + timedelta(number), "retried") for number in range(100))
    kept = ledger.continued(None, entries)
    assert len(kept) == ledger.MOST_ENTRIES
    assert (kept[0], kept[-1]) == (entries[0], entries[-1])
