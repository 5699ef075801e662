"""Looking photos up, by fakes: who may, and which ids reach the index."""

from collections.abc import Callable

import pytest

from function.errors import ForbiddenError, NotFoundError, UnauthenticatedError
from function.index.keys import photo_id
from function.service.browse.photos import PhotoQueries
from function.service.browse.query import Query
from function.values.photo import Photo, State
from function.values.principal import NOBODY, Principal, Role
from tests.support.fakes import FakeIndex, FakePostings

PHOTO = Photo("a.jpg", State.READY, "01")
VIEWER = Principal("guest", Role.VIEWER)
Ask = Callable[[PhotoQueries, Principal], object]
ASKS: dict[str, Ask] = {
    "listing": lambda queries, principal: queries.listing(principal, Query()),
    "values": lambda queries, principal: queries.values(principal, "city", {}),
    "photo": lambda queries, principal: queries.photo(principal, photo_id("a.jpg")),
    "original": lambda queries, principal: queries.original(principal, photo_id("a.jpg")),
    "related": lambda queries, principal: queries.related(principal, PHOTO),
}


class StrictIndex(FakeIndex):
    """An index that takes ids of photos alone, as DynamoDB refuses keys that are empty or too long."""

    def get(self, identifier: str) -> Photo | None:
        assert len(identifier) == 24
        return super().get(identifier)


@pytest.fixture
def queries() -> PhotoQueries:
    index = StrictIndex({photo_id("a.jpg"): PHOTO})
    return PhotoQueries(index, FakePostings(index))


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_nobody_looks_anything_up(queries: PhotoQueries, ask: Ask) -> None:
    with pytest.raises(UnauthenticatedError):
        ask(queries, NOBODY)


def test_a_viewer_sees_a_photo_but_not_the_values_of_the_whole_library(queries: PhotoQueries) -> None:
    assert queries.photo(VIEWER, photo_id("a.jpg")) is PHOTO
    with pytest.raises(ForbiddenError):
        queries.values(VIEWER, "city", {})


@pytest.mark.parametrize("identifier", ["", "nothing", "x" * 3000, "../a", "\0", "A" * 24, f"{photo_id('a.jpg')}\n"])
def test_an_id_of_another_shape_is_not_looked_up(queries: PhotoQueries, identifier: str) -> None:
    with pytest.raises(NotFoundError):
        queries.photo(VIEWER, identifier)
