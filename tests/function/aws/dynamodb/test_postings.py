"""The lists' writes: throttled, too many for one call, or too late."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from function.aws.dynamodb import postings as dynamodb_postings
from function.aws.dynamodb import retry
from function.aws.dynamodb.postings import QUERIES, READ_AT_ONCE, DynamoDbPostings
from function.bootstrap import worker
from function.errors import ServiceUnavailableError
from function.index.postings import Posting, keys, postings
from function.ports.index import PostingRange, TermValues, WriteResult
from function.values.description import Metadata
from function.values.photo import Photo, State
from tests.function.conftest import TABLE, Cloud

PHOTO = Photo(
    key="a.jpg",
    state=State.READY,
    sequencer="01",
    taken=datetime(2024, 5, 6, tzinfo=UTC),
    revision=1,
    metadata=Metadata(keywords=tuple(f"word {number}" for number in range(200))),
)


class Throttling:
    """A table that gives back what it was handed, but for one item each time, as often as it is told to."""

    def __init__(self, client: Any, times: int) -> None:
        self.client, self.times = client, times

    def batch_write_item(self, RequestItems: dict[str, list[Any]]) -> Any:  # noqa: N803 - AWS's name
        ((table, requests),) = RequestItems.items()
        done = requests if not self.times else requests[:1]
        self.times = max(0, self.times - 1)
        self.client.batch_write_item(RequestItems={table: done})
        rest = requests[len(done) :]
        return {"UnprocessedItems": {table: rest} if rest else {}}


@pytest.fixture
def library(cloud: Cloud) -> DynamoDbPostings:
    assert worker.ingest().index.put(PHOTO) is WriteResult.WRITTEN
    return DynamoDbPostings(cloud.dynamodb, TABLE)


def test_more_postings_than_one_call_takes_are_all_written_and_all_removed(
    cloud: Cloud, library: DynamoDbPostings
) -> None:
    library.add(postings(PHOTO))
    assert cloud.posted("a.jpg") == keys(PHOTO)
    assert len(keys(PHOTO)) > dynamodb_postings.WRITTEN_AT_ONCE
    assert library.remove(PHOTO, sorted(keys(PHOTO))) is WriteResult.WRITTEN
    assert cloud.posted("a.jpg") == set()


def test_nothing_is_removed_for_a_photo_that_is_another_one_by_now(cloud: Cloud, library: DynamoDbPostings) -> None:
    library.add(postings(PHOTO))
    assert library.remove(replace(PHOTO, revision=2), sorted(keys(PHOTO))) is WriteResult.CONFLICT
    assert cloud.posted("a.jpg") == keys(PHOTO)


def test_what_is_throttled_is_written_again(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_WAIT_SECONDS", 0)
    throttled: Any = Throttling(cloud.dynamodb, 5)
    DynamoDbPostings(throttled, TABLE).add(postings(PHOTO))
    assert cloud.posted("a.jpg") == keys(PHOTO)


def test_what_stays_throttled_is_a_fault_of_the_world(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_WAIT_SECONDS", 0)
    throttled: Any = Throttling(cloud.dynamodb, 1000)
    with pytest.raises(ServiceUnavailableError, match="throttled"):
        DynamoDbPostings(throttled, TABLE).add(postings(PHOTO))


def test_a_list_is_of_one_value_and_keeps_how_it_was_written(library: DynamoDbPostings) -> None:
    found = {value: Posting("city", value, f"2024-05-06T00:00:00#{value[0]}") for value in ("Ulm", "Ulmen", "UL")}
    library.add(list(found.values()))
    page = library.listed(PostingRange("city", "ulm", "0", "~"), after=None, limit=10)
    assert (page.postings, page.after) == ((found["Ulm"],), None)
    assert library.values("city", after=None, limit=10) == TermValues(("UL", "Ulm", "Ulmen"), None)
    assert library.values("city", after="ulm", limit=1).values == ("Ulmen",)


@pytest.mark.parametrize("photos", [1, READ_AT_ONCE + 1])
def test_a_page_of_values_ends_after_so_many_queries_and_its_cursor_goes_on(cloud: Cloud, photos: int) -> None:
    library = DynamoDbPostings(cloud.dynamodb, TABLE)
    written = [f"city {number:03}" for number in range(2 * QUERIES + 3)]
    library.add(
        [Posting("city", city, f"2024-01-01T00:00:{n:02}#{'a' * 24}") for city in written for n in range(photos)]
    )
    found: list[str] = []
    after, pages, counted = None, 0, []
    cloud.dynamodb.meta.events.register("before-call.dynamodb.Query", lambda **_: counted.append(1))
    while pages == 0 or after:
        page = library.values("city", after=after, limit=200)
        found, after, pages = [*found, *page.values], page.after, pages + 1
    assert found == written
    # Where lists are short, a query reads several of them.
    assert (pages, len(counted)) == ((1, -(-len(written) // READ_AT_ONCE)) if photos == 1 else (3, len(written) + 1))
