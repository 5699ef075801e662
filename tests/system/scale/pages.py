"""Measures the reads of each kind of page by DynamoDB's own counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from function.aws.dynamodb.photos import DynamoDbIndex
from function.aws.dynamodb.postings import DynamoDbPostings
from function.index.keys import photo_id
from function.index.postings import postings
from function.service.browse.photos import PhotoQueries
from function.service.browse.query import Query
from function.values.principal import Principal, Role
from tests.system.scale.album import photo

LIMIT = 60
CAMERA = "NIKON Z 6"
OWN = 502
OWNER = Principal("owner", Role.OWNER)


@dataclass
class Cost:
    """The costs of calls: their number, the items read, and the read and write capacity units."""

    calls: int = 0
    items: int = 0
    units: float = 0

    def add(self, answer: dict[str, Any]) -> None:
        """Count one call."""
        consumed = answer["ConsumedCapacity"]
        self.calls += 1
        self.units += sum(part["CapacityUnits"] for part in (consumed if isinstance(consumed, list) else [consumed]))
        self.items += answer.get("ScannedCount", 0) + sum(map(len, answer.get("Responses", {}).values()))


@contextmanager
def count_costs(dynamodb: Any) -> Iterator[Cost]:
    """Count the costs of this client's calls until the end of the block."""
    cost = Cost()

    def ask(params: dict[str, Any], **_: Any) -> None:
        params["ReturnConsumedCapacity"] = "TOTAL"

    def hear(parsed: dict[str, Any], **_: Any) -> None:
        cost.add(parsed)

    events = dynamodb.meta.events
    events.register("provide-client-params.dynamodb", ask)
    events.register("after-call.dynamodb", hear)
    try:
        yield cost
    finally:
        events.unregister("provide-client-params.dynamodb", ask)
        events.unregister("after-call.dynamodb", hear)


def _list_queries(**parameters: str) -> Callable[[PhotoQueries], int]:
    def open_page(browsing: PhotoQueries) -> int:
        return len(browsing.listing(OWNER, Query.of({"limit": str(LIMIT), **parameters})).photos)

    return open_page


def _second(browsing: PhotoQueries) -> int:
    first = browsing.listing(OWNER, Query.of({"camera": CAMERA, "limit": "1"}))
    return len(browsing.listing(OWNER, Query(term="camera", value=CAMERA, limit=LIMIT, cursor=first.cursor)).photos)


def _kin(browsing: PhotoQueries) -> int:
    own = browsing.photo(OWNER, photo_id(photo(OWN).key))
    return len(browsing.related(OWNER, own).duplicates)


# Each kind of page by name; all but the last two show the requested number of photos.
PAGES: dict[str, Callable[[PhotoQueries], int]] = {
    "newest first": _list_queries(),
    "a day": _list_queries(**{"from": "2019-05-08", "to": "2019-05-08"}),
    "a month": _list_queries(**{"from": "2019-05-01", "to": "2019-05-31"}),
    "this day in all years": _list_queries(on="05-07"),
    "camera": _list_queries(camera=CAMERA),
    "camera, the next page": _second,
    "camera, within a month": _list_queries(camera=CAMERA, **{"from": "2019-05-01", "to": "2019-05-31"}),
    "lens": _list_queries(lens="NIKKOR Z 25mm f/1.8 S"),
    "country": _list_queries(country="Norway"),
    "region": _list_queries(region="Vestland"),
    "city": _list_queries(city="City 5"),
    "keyword": _list_queries(keyword="holiday"),
    "rating": _list_queries(rating="3"),
    "format": _list_queries(format="raw"),
    "state": _list_queries(state="partial"),
    "failed": _list_queries(shelf="failed"),
    "the cities there are": lambda browsing: len(browsing.values(OWNER, "city", {}).values),
    "one photo, its copies and its shot": _kin,
}


def measure_pages(dynamodb: Any, table: str) -> dict[str, tuple[int, Cost]]:
    """Return the number of photos and the cost of each page."""
    browsing = PhotoQueries(DynamoDbIndex(dynamodb, table), DynamoDbPostings(dynamodb, table))
    found = {}
    for name, open_page in PAGES.items():
        with count_costs(dynamodb) as cost:
            found[name] = open_page(browsing), cost
    return found


def measure_writes(dynamodb: Any, table: str) -> dict[str, Cost]:
    """Return the costs of writing one photo: its item, twice, and its postings."""
    index, lists = DynamoDbIndex(dynamodb, table), DynamoDbPostings(dynamodb, table)
    new = replace(photo(OWN), key=f"new/{uuid4()}.NEF", revision=1)
    steps: dict[str, Callable[[], object]] = {
        "its item": lambda: index.put(new),
        "its item again, settled": lambda: index.put(new.revised()),
        f"its {len(postings(new))} postings": lambda: lists.add(postings(new)),
    }
    found = {}
    for name, step in steps.items():
        with count_costs(dynamodb) as cost:
            step()
        found[name] = cost
    return found
