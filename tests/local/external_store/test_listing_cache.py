"""What the last listing showed: what is new, what changed, what is gone."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from local.external_store.listing_cache import ListingCache, open_cache


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[ListingCache]:
    found = open_cache(tmp_path / "seen.db")
    with closing(found.db):
        yield found


def listed(seen: ListingCache, **marks: str) -> tuple[dict[str, str], list[str]]:
    """One round: its news with the marks before, and what is gone."""
    number = seen.begin()
    news = seen.changed(marks, number)
    seen.remember({key: marks[key] for key in news}, number)
    gone = []
    for keys in seen.missing(number):
        gone += keys
        seen.forget(keys)
    return news, sorted(gone)


def test_only_news_are_news(seen: ListingCache) -> None:
    assert listed(seen, a="1", b="1") == ({"a": "", "b": ""}, [])
    assert listed(seen, a="1", b="1") == ({}, [])
    assert listed(seen, a="2", b="1", c="1") == ({"a": "1", "c": ""}, [])
    assert listed(seen, c="1") == ({}, ["a", "b"])
    assert listed(seen, c="1") == ({}, [])


def test_it_is_kept_from_run_to_run(seen: ListingCache, tmp_path: Path) -> None:
    listed(seen, a="1")
    again = open_cache(tmp_path / "seen.db")
    with closing(again.db):
        assert listed(again, b="1") == ({"b": ""}, ["a"])


def test_what_is_doubted_is_looked_at_again(seen: ListingCache) -> None:
    listed(seen, a="1", b="1")
    seen.invalidate()
    assert listed(seen, a="1") == ({"a": ""}, ["b"])


def test_what_was_named_and_goes_before_it_is_listed_is_gone(seen: ListingCache) -> None:
    listed(seen, a="1")
    seen.add("b")
    assert seen.contains("b")
    assert not seen.contains("c")
    assert listed(seen, a="1") == ({}, ["b"])
