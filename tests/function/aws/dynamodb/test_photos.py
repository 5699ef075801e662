"""The index's look at many photos: what is throttled is asked for again, and not for ever."""

from typing import Any

import pytest

from function.aws.dynamodb import retry
from function.aws.dynamodb.photos import DynamoDbIndex
from function.errors import ServiceUnavailableError
from function.index.keys import photo_id
from function.ports.index import WriteResult
from function.values.photo import Photo, State
from tests.function.conftest import TABLE, Cloud

KEYS = ("a.jpg", "b.jpg", "c.jpg")


class Throttling:
    """A table that gives one item at a time, or none, as often as it is told to."""

    def __init__(self, client: Any, given: int) -> None:
        self._client, self._given = client, given

    def batch_get_item(self, RequestItems: dict[str, Any]) -> Any:  # noqa: N803 - as the SDK names it
        ((table, asked),) = RequestItems.items()
        now, later = asked["Keys"][: self._given], asked["Keys"][self._given :]
        found = self._client.batch_get_item(RequestItems={table: {"Keys": now}}) if now else {"Responses": {}}
        return {**found, "UnprocessedKeys": {table: {"Keys": later}} if later else {}}


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_WAIT_SECONDS", 0)


def test_what_is_throttled_is_asked_for_again(cloud: Cloud) -> None:
    for key in KEYS:
        written = DynamoDbIndex(cloud.dynamodb, TABLE).put(Photo(key, State.READY, "01", revision=1))
        assert written is WriteResult.WRITTEN
    throttled: Any = Throttling(cloud.dynamodb, 1)
    found = DynamoDbIndex(throttled, TABLE).get_many([photo_id(key) for key in KEYS])
    assert sorted(photo.key for photo in found) == list(KEYS)


def test_what_stays_throttled_is_a_fault_of_the_world(cloud: Cloud) -> None:
    throttled: Any = Throttling(cloud.dynamodb, 0)
    with pytest.raises(ServiceUnavailableError, match="throttled"):
        DynamoDbIndex(throttled, TABLE).get_many([photo_id("a.jpg")])
