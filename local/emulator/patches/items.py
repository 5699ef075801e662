"""Stores DynamoDB's items in the database as they change.

MiniStack writes all items of all tables into one JSON file when it stops: 13 s at 20,000 photos, nothing after a kill.
Here each request's changes are stored as one transaction before the answer. A request that cannot be stored changes
nothing and is answered with InternalServerError, which SDKs retry.
No longer needed when MiniStack stores items as they change.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from ministack.core.responses import AccountRegionScopedDict, error_response_json
from ministack.services import dynamodb

from local.emulator import database, packed
from local.emulator.database import DELETE_ITEM, DELETE_ITEMS, PUT_ITEM, Statement, key_bytes

Table = dict[str, Any]
# The items, and the state that is derived from them.
UNSAVED = {"items", dynamodb._INDEX_MEMBERS}


@dataclass(frozen=True)
class Change:
    """One item's change: its table, its keys, and the item before and after; None for a missing item."""

    table: Table
    partition: Any
    sort: Any
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    def statements(self) -> Iterator[Statement]:
        """Yield the statement that stores the change."""
        key = (self.table["TableArn"], key_bytes(self.partition), key_bytes(self.sort))
        yield (DELETE_ITEM, key) if self.after is None else (PUT_ITEM, (*key, _text(self.after)))


@dataclass(frozen=True)
class Replacement:
    """All items of a table, after a change of the whole table."""

    table: Table

    def statements(self) -> Iterator[Statement]:
        """Yield the statements that replace the table's stored items."""
        arn = self.table["TableArn"]
        yield DELETE_ITEMS, (arn,)
        for partition, items in self.table["items"].items():
            for sort, item in items.items():
                yield PUT_ITEM, (arn, key_bytes(partition), key_bytes(sort), _text(item))


# The changes of the current request; None outside of requests.
_request: ContextVar[list[Change | Replacement] | None] = ContextVar("_request", default=None)


@dataclass(frozen=True)
class Writer:
    """Records each change of MiniStack's items, and stores a request's changes as one transaction."""

    set_item: Callable[..., Any]
    remove_item: Callable[..., Any]

    def set(self, table: Table, partition: Any, sort: Any, item: dict[str, Any]) -> Any:
        """Put an item. Returns the one before."""
        before = self.set_item(table, partition, sort, item)
        self.note(Change(table, partition, sort, before, item))
        return before

    def remove(self, table: Table, partition: Any, sort: Any) -> Any:
        """Remove an item. Returns it, or None."""
        before = self.remove_item(table, partition, sort)
        if before is not None:
            self.note(Change(table, partition, sort, before, None))
        return before

    def note(self, change: Change | Replacement) -> None:
        """Record the change for its request; outside of requests, as for an expired item, store it at once."""
        changes = _request.get()
        if changes is None:
            self.store([change])
        else:
            changes.append(change)

    def store(self, changes: Sequence[Change | Replacement]) -> None:
        """Store the changes. If that fails, undo them in memory and raise OSError."""
        if not changes:
            return
        try:
            database.shared().write(statement for change in changes for statement in change.statements())
        except OSError:
            for change in reversed(changes):
                self._undo(change)
            raise

    def _undo(self, change: Change | Replacement) -> None:
        if isinstance(change, Replacement):
            return  # a whole table was restored or imported: MiniStack has no copy of the earlier items
        if change.before is None:
            self.remove_item(change.table, change.partition, change.sort)
        else:
            self.set_item(change.table, change.partition, change.sort, change.before)


def apply() -> None:
    """Store each request's changes before it is answered, and load items from the database."""
    writer = Writer(dynamodb._set_item, dynamodb._remove_item)
    dynamodb._set_item, dynamodb._remove_item = writer.set, writer.remove
    dynamodb._items_replaced = _record_replacement(dynamodb._items_replaced, writer)
    dynamodb._delete_table = _record_deletion(dynamodb._delete_table, writer)
    dynamodb.handle_request = _store_after(dynamodb.handle_request, writer)
    dynamodb.get_state = _without_items(dynamodb.get_state)
    dynamodb.load_persisted_state = _with_items(dynamodb.load_persisted_state)


def _store_after(handle: Callable[..., Any], writer: Writer) -> Callable[..., Any]:
    async def handle_and_store(*request: Any, **more: Any) -> Any:
        changes: list[Change | Replacement] = []
        token = _request.set(changes)
        try:
            answer = await handle(*request, **more)
            writer.store(changes)
        except OSError as error:
            logging.getLogger("dynamodb").error("Items cannot be stored: %s", error)  # noqa: TRY400 - the disk's fault
            return error_response_json("InternalServerError", "The disk does not take the change.", 500)
        finally:
            _request.reset(token)
        return answer

    return handle_and_store


def _record_replacement(replaced: Callable[[Table], None], writer: Writer) -> Callable[[Table], None]:
    def replace_and_note(table: Table) -> None:
        replaced(table)
        writer.note(Replacement(table))

    return replace_and_note


def _record_deletion(delete: Callable[[Any], Any], writer: Writer) -> Callable[[Any], Any]:
    def delete_and_drop(data: Any) -> Any:
        table = dynamodb._tables.get(dynamodb._normalize_table_name(data.get("TableName")))
        answer = delete(data)
        if table and answer[0] == HTTPStatus.OK:
            writer.note(Replacement({**table, "items": {}}))
        return answer

    return delete_and_drop


def _without_items(get_state: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    def get() -> dict[str, Any]:
        whole, bare = dynamodb._tables, AccountRegionScopedDict()
        for place, table in whole.all_items():
            bare.set_scoped(*place, {key: value for key, value in table.items() if key not in UNSAVED})
        dynamodb._tables = bare
        try:
            return get_state()
        finally:
            dynamodb._tables = whole

    return get


def _with_items(load: Callable[[Any], None]) -> Callable[[Any], None]:
    def load_all(data: Any) -> None:
        load(data)
        for table in dynamodb._tables.all_values():
            if "items" in table:  # from a version that stored items in the file of the tables
                database.shared().write(Replacement(table).statements())
            else:
                table["items"] = _items(table)

    return load_all


def _items(table: Table) -> Any:
    # Packed one by one: all as dictionaries would take ten times the memory for a moment.
    found: Any = next((packed.Items(keys) for keys in packed.of_table(table)), defaultdict(dict))
    for partition, sort, item in database.shared().items(table["TableArn"]):
        found[partition][sort] = item
    return found


def _text(item: dict[str, Any]) -> str:
    return json.dumps(item, separators=(",", ":"))
