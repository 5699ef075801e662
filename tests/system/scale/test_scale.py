"""A page reads as much of a large library as of a small one, by DynamoDB's own counts."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.system.scale import album, emulated
from tests.system.scale.pages import LIMIT, PAGES, Cost, measure_pages, measure_writes

SMALL, LARGE = 1_000, 20_000
NOT_LISTS_OF_PHOTOS = {"the cities there are", "one photo, its copies and its shot"}
Pages = dict[str, tuple[int, Cost]]


@pytest.fixture(scope="module")
def dynamodb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    """DynamoDB Local; where it cannot run the tests are skipped, except in CI, which installs what it needs."""
    if not emulated.fits():
        pytest.skip("DynamoDB Local has no store for this processor")
    if missing := emulated.missing():
        assert not os.environ.get("CI"), f"CI measures what pages read, and there is no {missing}"
        pytest.skip(f"there is no {missing} here (Debian's packages are default-jre-headless and maven)")
    with emulated.running(tmp_path_factory.mktemp("dynamodb")) as endpoint:
        yield endpoint, emulated.client(endpoint)


@pytest.fixture(scope="module")
def pages(dynamodb: tuple[str, Any]) -> tuple[Pages, Pages]:
    """Measure each page in a small library and in a large one."""
    endpoint, client = dynamodb
    found = []
    for size in (SMALL, LARGE):
        emulated.make_table(client, f"index-{size}")
        album.fill(endpoint, f"index-{size}", size)
        found.append(measure_pages(client, f"index-{size}"))
    return found[0], found[1]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reads_as_much_of_a_large_library_as_of_a_small_one(pages: tuple[Pages, Pages], page: str) -> None:
    (_, small), (shown, large) = pages[0][page], pages[1][page]
    if page not in NOT_LISTS_OF_PHOTOS:
        assert shown == LIMIT
        assert large.items == small.items <= 2 * LIMIT + 2
    assert large.calls == small.calls
    assert large.units <= small.units + 1


def test_the_postings_of_a_photo_are_one_call_with_one_unit_each(dynamodb: tuple[str, Any]) -> None:
    _, client = dynamodb
    emulated.make_table(client, "index-written")
    cost = next(cost for name, cost in measure_writes(client, "index-written").items() if "postings" in name)
    assert (cost.calls, cost.units) == (1, 16)
