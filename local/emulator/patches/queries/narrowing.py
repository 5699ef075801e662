"""Narrows a table down to the items of one page of a Query."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from ministack.services import dynamodb

from local.emulator.patches.queries import orders
from local.emulator.patches.queries.conditions import Bounds, bounds
from local.emulator.patches.queries.orders import Place, Table

PAGE_BYTES = 1024 * 1024


def narrow(data: dict[str, Any]) -> Table | None:
    """Return the table with only the items that this Query's page can have; None if MiniStack has to read all items.

    The table itself is unchanged. Invalid requests are left to MiniStack, which refuses them.
    """
    table = dynamodb._tables.get(dynamodb._normalize_table_name(data.get("TableName")))
    index = data.get("IndexName")
    if not table or data.get("KeyConditions") or not (index is None or dynamodb._index_def(table, index)):
        return None
    hashes, ranges = _key_names(table, index)
    limit, start = data.get("Limit"), data.get("ExclusiveStartKey")
    if len(hashes) != 1 or len(ranges) != 1 or not _is_page(limit) or not _is_cursor(start, table, hashes + ranges):
        return None
    found = bounds(data, hashes[0], ranges[0], dynamodb._get_attr_type(table, ranges[0]))
    if found is None:
        return None
    with orders.LOCK:
        places = _places(table, index, found, start, forward=data.get("ScanIndexForward", True))
        page = _page(table, index, places, limit)
    return {**{name: value for name, value in table.items() if name != dynamodb._INDEX_MEMBERS}, "items": page}


def _key_names(table: Table, index: str | None) -> tuple[list[str], list[str]]:
    schema = {"KeySchema": table["KeySchema"]} if index is None else dynamodb._index_def(table, index)
    found: tuple[list[str], list[str]] = dynamodb._index_key_lists(schema)
    return found


def _is_page(limit: Any) -> bool:
    return limit is None or (isinstance(limit, int) and limit > 0)


def _is_cursor(start: Any, table: Table, names: list[str]) -> bool:
    required = {name for name in (table["pk_name"], table["sk_name"], *names) if name}
    return start is None or (isinstance(start, dict) and (not start or required <= start.keys()))


def _places(table: Table, index: str | None, found: Bounds, start: Any, *, forward: bool) -> Iterator[Place]:
    """Yield the places within the bounds and after the cursor, in the order of the page."""
    places = orders.sorted_places(table, index, found.partition)
    first, end = places.bisect_left(found.first), places.bisect_left(found.end)
    if start:
        cursor = orders.values(orders.sorting_keys(table, index), start)
        if forward:
            first = max(first, places.bisect_left((*cursor, orders.BEHIND)))
        else:
            end = min(end, places.bisect_left(cursor))
    yield from places.islice(first, max(first, end), reverse=not forward)


def _page(table: Table, index: str | None, places: Iterable[Place], limit: int | None) -> Table:
    page: Table = {}
    size = 0
    for place in islice(places, limit):
        pk, sk = place[-2:]
        item = table["items"].get(pk, {}).get(sk)
        if item is None:
            continue
        page.setdefault(pk, {})[sk] = item
        if limit is None:
            size += dynamodb._item_size_bytes(dynamodb._apply_index_projection(item, table, index))
            if size > PAGE_BYTES:
                break
    return page
