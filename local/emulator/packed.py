"""Packs DynamoDB's items to save memory: as compressed JSON without their keys, which the dictionaries have.

An item of nested dictionaries takes ten times the memory of its text: at 50,000 photos two gigabytes. A posting
consists only of its keys, so nothing else is stored for it.
"""

import json
import zlib
from collections.abc import Hashable, ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from typing import Any

Item = dict[str, Any]
NOTHING = b""
# From this many bytes on, compression saves more than it costs.
LONG, LEVEL = 256, 1
PLAIN = b"{"[0]
ABSENT: Any = object()


@dataclass(frozen=True)
class Keys:
    """A table's key attributes with their types; `sort` is None for a table without a sort key."""

    partition: tuple[str, str]
    sort: tuple[str, str] | None

    def attributes(self, partition: Any, sort: Any) -> Item:
        """Return the key attributes of the item with these values."""
        name, kind = self.partition
        found = {name: {kind: partition}}
        return found | {self.sort[0]: {self.sort[1]: sort}} if self.sort else found


def pack(item: Item, keys: Item) -> bytes:
    """Return an item as bytes without its keys; `unpack` with the same keys is the inverse."""
    rest = {name: value for name, value in item.items() if keys.get(name) != value}
    if not rest:
        return NOTHING
    text = json.dumps(rest, separators=(",", ":"), ensure_ascii=False).encode(errors="surrogatepass")
    return text if len(text) < LONG else zlib.compress(text, LEVEL)


def unpack(content: bytes, keys: Item) -> Item:
    """Return a new copy of a packed item; changing the copy changes nothing here."""
    if not content:
        return keys
    text = content if content[0] == PLAIN else zlib.decompress(content)
    return {**keys, **json.loads(text.decode(errors="surrogatepass"))}


class Partition(dict[Any, Any]):
    """The items of one partition by their sort keys, as MiniStack uses them."""

    def __init__(self, keys: Keys, value: Hashable, items: Mapping[Any, Item] | None = None) -> None:
        super().__init__()
        self.keys_of_table, self.value = keys, value
        for sort, item in (items or {}).items():
            self[sort] = item

    def __reduce__(self) -> Any:
        return Partition, (self.keys_of_table, self.value, dict(self.items()))

    def __deepcopy__(self, _: Any) -> "Partition":
        return Partition(self.keys_of_table, self.value, dict(self.items()))

    def __setitem__(self, sort: Any, item: Item) -> None:
        super().__setitem__(sort, pack(item, self._keys(sort)))

    def __getitem__(self, sort: Any) -> Item:
        return unpack(super().__getitem__(sort), self._keys(sort))

    def get(self, sort: Any, default: Any = None) -> Any:
        """Return an item, or the default if it is missing."""
        content = super().get(sort, ABSENT)
        return default if content is ABSENT else unpack(content, self._keys(sort))

    def pop(self, sort: Any, *default: Any) -> Any:
        """Remove an item and return it, or the default if it is missing."""
        content = super().pop(sort, ABSENT)
        if content is not ABSENT:
            return unpack(content, self._keys(sort))
        if default:
            return default[0]
        raise KeyError(sort)

    def values(self) -> ValuesView[Item]:  # type: ignore[override]  # only dict itself can create dict's views
        """Return a view of the items."""
        return ValuesView(self)

    def items(self) -> ItemsView[Any, Item]:  # type: ignore[override]
        """Return a view of the sort keys with the items."""
        return ItemsView(self)

    def _keys(self, sort: Any) -> Item:
        return self.keys_of_table.attributes(self.value, sort)


class Items(dict[Any, Any]):
    """The partitions of one table by their keys; subscripting creates a missing one."""

    def __init__(self, keys: Keys, partitions: Mapping[Any, Mapping[Any, Item]] | None = None) -> None:
        super().__init__()
        self.keys_of_table = keys
        for value, items in (partitions or {}).items():
            self[value] = items

    def __reduce__(self) -> Any:
        return Items, (self.keys_of_table, dict(self))

    def __deepcopy__(self, _: Any) -> "Items":
        return Items(self.keys_of_table, self)

    def __missing__(self, value: Any) -> Partition:
        return self.setdefault(value)

    def __setitem__(self, value: Any, items: Mapping[Any, Item]) -> None:
        super().__setitem__(value, Partition(self.keys_of_table, value, items))

    def setdefault(self, value: Any, default: Mapping[Any, Item] | None = None) -> Partition:
        """Return a partition, created with the default's items if missing."""
        if value not in self:
            self[value] = default or {}
        found: Partition = self[value]
        return found


def of_table(table: Item) -> Iterator[Keys]:
    """Yield a table's keys, if its items can be packed."""
    types: dict[str, str] = {one["AttributeName"]: one["AttributeType"] for one in table["AttributeDefinitions"]}
    partition, sort = table["pk_name"], table["sk_name"]
    if partition in types and (not sort or sort in types):
        yield Keys((partition, types[partition]), (sort, types[sort]) if sort else None)
