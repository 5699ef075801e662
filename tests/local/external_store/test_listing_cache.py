"""What the last listing showed: what is new, what changed, what is gone."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from local.external_store.listing_cache import Seen, opened


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Seen]:
    found = opened(tmp_path / "seen.db")
    with closing(found.db):
        yield found


def listed(seen: Seen, **marks: str) -> tuple[dict[str, str], list[str]]:
    """One round: its news with the marks before, and what is gone."""
    number = seen.begin()
    news = seen.unlike(marks, number)
    seen.note({key: marks[key] for key in news}, number)
    gone = []
    for keys in seen.gone(number):
        gone += keys
        seen.forget(keys)
    return news, sorted(gone)


def test_only_news_are_news(seen: Seen) -> None:
    assert listed(seen, a="1", b="1") == ({"a": "", "b": ""}, [])
    assert listed(seen, a="1", b="1") == ({}, [])
    assert listed(seen, a="2", b="1", c="1") == ({"a": "1", "c": ""}, [])
    assert listed(seen, c="1") == ({}, ["a", "b"])
    assert listed(seen, c="1") == ({}, [])


def test_it_is_kept_from_run_to_run(seen: Seen, tmp_path: Path) -> None:
    listed(seen, a="1")
    again = opened(tmp_path / "seen.db")
    with closing(again.db):
        assert listed(again, b="1") == ({"b": ""}, ["a"])


def test_what_is_doubted_is_looked_at_again(seen: Seen) -> None:
    listed(seen, a="1", b="1")
    seen.doubt()
    assert listed(seen, a="1") == ({"a": ""}, ["b"])


def test_what_was_named_and_goes_before_it_is_listed_is_gone(seen: Seen) -> None:
    listed(seen, a="1")
    seen.expect("b")
    assert seen.expects("b")
    assert not seen.expects("c")
    assert listed(seen, a="1") == ({}, ["b"])
