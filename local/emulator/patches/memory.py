"""Keeps DynamoDB's items packed in memory, see `local.emulator.packed`.

MiniStack keeps each item as nested dictionaries, which take two gigabytes at 50,000 photos.
No longer needed when `tests/local/emulator/test_packed.py` measures as little without it.
"""

from collections.abc import Callable
from typing import Any

from ministack.services import dynamodb

from local.emulator import packed
from local.emulator.patches.queries import orders


def apply() -> None:
    """Pack the items of each table that is created, loaded or replaced."""
    dynamodb._create_table = _packing_all(dynamodb._create_table)
    dynamodb.load_persisted_state = _packing_all(dynamodb.load_persisted_state)
    replaced = dynamodb._items_replaced

    def items_replaced(table: dict[str, Any]) -> None:
        _pack(table)
        replaced(table)

    dynamodb._items_replaced = items_replaced


def _packing_all(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def changed(data: Any) -> Any:
        answer = change(data)
        for table in dynamodb._tables.all_values():
            _pack(table)
        return answer

    return changed


def _pack(table: dict[str, Any]) -> None:
    if isinstance(table["items"], packed.Items):
        return
    for keys in packed.of_table(table):
        # With packed items it would unpack each one.
        members = dynamodb._index_members(table)
        for index, _, _ in dynamodb._index_key_schemas(table):
            for partition in members[index]:
                orders.sorted_places(table, index, partition)
        table["items"] = packed.Items(keys, table["items"])
