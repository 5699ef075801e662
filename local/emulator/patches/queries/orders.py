"""Keeps the sorted keys of each queried partition, in MiniStack's own list of an index's members.

MiniStack leaves that list out of the state that it writes, and drops it whenever items or indexes are replaced as a
whole; the sorted keys then go with it, and are made again by the next Query.
"""

import threading
from collections.abc import Hashable, Iterator
from typing import Any

from ministack.services import dynamodb
from sortedcontainers import SortedList

Table = dict[str, Any]
# An item's place: its sort values, then its keys in the table.
Place = tuple[Any, ...]
Partition = tuple[str | None, Hashable]


class _Behind:
    """A value that sorts after all values."""

    def __lt__(self, _: object) -> bool:
        return False

    def __gt__(self, _: object) -> bool:
        return True


BEHIND = _Behind()
TEXT = "S"
# A name that no index can have: DynamoDB's begin with a letter, digit, underscore, hyphen or dot.
ORDERS = "/orders"
# The thread that removes expired items writes concurrently with the one that answers.
LOCK = threading.RLock()


def sorted_places(table: Table, index: str | None, partition: Hashable) -> "SortedList[Place]":
    """Return the sorted places of a partition of the table or its index; the first call sorts them."""
    members = dynamodb._index_members(table)
    with LOCK:
        orders: dict[Partition, SortedList[Place]] = members.setdefault(ORDERS, {})
        found = orders.get((index, partition))
        if found is None:
            found = orders[index, partition] = SortedList(_places(table, members, index, partition))
        return found


def follow(table: Table, base_pk: Any, base_sk: Any, item: Any, *, add: bool) -> None:
    """Add an item's place to, or remove it from, its partitions that are sorted."""
    orders = table.get(dynamodb._INDEX_MEMBERS, {}).get(ORDERS)
    if not orders:
        return
    with LOCK:
        for index, partition in _partitions(table, base_pk, item):
            found = orders.get((index, partition))
            if found is None:
                continue
            own = place(sorting_keys(table, index), base_pk, base_sk, item)
            found.add(own) if add else found.discard(own)
            if not found:
                del orders[index, partition]


def sorting_keys(table: Table, index: str | None) -> list[tuple[str, str]]:
    """Return the attributes by which the items of a partition are sorted, with their types."""
    ranges = dynamodb._index_key_lists(dynamodb._index_def(table, index))[1] if index else [table["sk_name"]]
    found: list[tuple[str, str]] = dynamodb._index_order_keys(table, ranges)
    return found


def values(keys: list[tuple[str, str]], item: Any) -> Place:
    """Return the values by which an item, or a cursor, is sorted."""
    return tuple(dynamodb._index_order_value(item, name, kind) for name, kind in keys)


def place(keys: list[tuple[str, str]], base_pk: Any, base_sk: Any, item: Any) -> Place:
    """Return the place of an item."""
    return (*values(keys, item), base_pk, base_sk)


def _places(table: Table, members: Any, index: str | None, partition: Hashable) -> Iterator[Place]:
    keys, items = sorting_keys(table, index), table["items"]
    if index is not None:
        return (place(keys, pk, sk, items[pk][sk]) for pk, sk in members.get(index, {}).get(partition, ()))
    of_partition = items.get(partition, {})
    if {kind for _, kind in keys} == {TEXT}:
        # Derived from the keys, without reading the items, of which there may be hundreds of thousands.
        return ((sk, partition, partition, sk) for sk in of_partition)
    return (place(keys, partition, sk, item) for sk, item in of_partition.items())


def _partitions(table: Table, base_pk: Any, item: Any) -> Iterator[Partition]:
    yield None, base_pk
    for name, hashes, ranges in dynamodb._index_key_schemas(table):
        partition = dynamodb._index_partition(item, hashes, ranges)
        if partition is not None:
            yield name, partition
