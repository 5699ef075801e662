"""Answers a Query from sorted keys, so that its cost depends on the page and not on the partition.

MiniStack copies, sorts and filters all items of a partition for each Query: seconds, for a library of 20,000 photos.
Here the keys of each partition that is queried are kept sorted, and MiniStack's own code answers from a table that
holds the page's items alone, so that checks, filters, projections and cursors stay its own.
No longer needed when `tests/local/emulator/test_queries.py` counts as few items without it.
"""

from types import FunctionType
from typing import Any

from ministack.services import dynamodb

from local.emulator.patches.queries import orders
from local.emulator.patches.queries.narrowing import narrow

KEY_CONDITION = "KeyConditionExpression"
# From this many items on, sorting a partition takes longer than answering.
MANY = 1000


def apply() -> None:
    """Update the sorted keys at each write, and answer the supported queries from them."""
    follow, query = dynamodb._index_item, dynamodb._query

    def index_item(table: Any, base_pk: Any, base_sk: Any, item: Any, add: bool) -> None:  # noqa: FBT001
        follow(table, base_pk, base_sk, item, add)
        orders.follow(table, base_pk, base_sk, item, add=add)

    def query_narrowed(data: dict[str, Any]) -> Any:
        table = narrow(data)
        return query(data) if table is None else _answer(query, data, table)

    dynamodb._index_item, dynamodb._query = index_item, query_narrowed


def warm() -> None:
    """Sort the keys of large partitions before the first query, which would wait for that."""
    for table in list(dynamodb._tables.all_values()):
        for value, items in list(table["items"].items()):
            if len(items) >= MANY:
                orders.sorted_places(table, None, value)


def _answer(query: FunctionType, data: dict[str, Any], table: dict[str, Any]) -> Any:
    """Run MiniStack's Query on this table instead of its own."""
    name = dynamodb._normalize_table_name(data["TableName"])
    changed = {"_tables": {name: table}, "_evaluate_condition": _checked_once(data.get("ExclusiveStartKey"))}
    return FunctionType(query.__code__, {**vars(dynamodb), **changed})(data)


def _checked_once(start: Any) -> Any:
    """Evaluate the key condition for one item only, because all items of a page fulfil it."""
    evaluate = dynamodb._evaluate_condition
    checked = False

    def evaluated(expression: str, item: Any, values: Any, names: Any, slot: str = "ConditionExpression") -> bool:
        nonlocal checked
        if slot != KEY_CONDITION or item is start or not checked:
            checked = checked or (slot == KEY_CONDITION and item is not start)
            return bool(evaluate(expression, item, values, names, slot=slot))
        return True

    return evaluated
