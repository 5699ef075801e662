"""Packed items are the items that were put in, in a fraction of the memory."""

import copy
import json
import pickle
import tracemalloc
from typing import Any

import pytest
from ministack.services import dynamodb

from local.emulator import packed
from local.emulator.packed import Items, Keys
from local.emulator.patches import memory
from tests.system.scale.album import items_of, photo

TEXTS = Keys(("pk", "S"), ("sk", "S"))
NUMBERS = Keys(("pk", "N"), ("sk", "B"))
ALONE = Keys(("pk", "S"), None)


def item(keys: Keys, partition: str, sort: str, **more: Any) -> dict[str, Any]:
    return {**keys.attributes(partition, sort), **more}


CASES = [
    (TEXTS, "p", "s", {}),
    (TEXTS, "", "\x1f\ud800é", {"a": {"S": "\ud800"}, "b": {"L": [{"N": "1.50"}, {"NULL": True}]}}),
    (TEXTS, "p", "s", {"long": {"M": {"text": {"S": "x" * 10_000}, "bytes": {"B": "AAEC"}}}}),
    (NUMBERS, "1.0", "AAEC", {"sk2": {"BOOL": False}}),
    (ALONE, "p", "__no_sort__", {"sk": {"S": "of its own"}}),
]


@pytest.mark.parametrize(("keys", "partition", "sort", "more"), CASES)
def test_what_is_put_in_comes_out(keys: Keys, partition: str, sort: str, more: dict[str, Any]) -> None:
    given = item(keys, partition, sort, **more)
    items = Items(keys)
    items.setdefault(partition, {})[sort] = given
    for found in (items, copy.deepcopy(items), pickle.loads(pickle.dumps(items)), Items(keys, items)):
        assert found[partition][sort] == given
        assert found.get(partition, {}).get(sort) == given
        assert list(found[partition].values()) == [given]
        assert list(found[partition].items()) == [(sort, given)]
        assert json.loads(json.dumps(found)) == json.loads(json.dumps({partition: {sort: given}}))
        assert found[partition].pop(sort) == given
        assert found[partition].pop(sort, None) is None
        assert found[partition].get(sort) is None
        assert not found[partition]
    with pytest.raises(KeyError):
        found[partition][sort]
    with pytest.raises(KeyError):
        found[partition].pop(sort)


def test_an_item_that_is_changed_outside_stays_as_it_is() -> None:
    items = Items(TEXTS)
    given = item(TEXTS, "p", "s", list={"L": [{"S": "a"}]})
    items["p"]["s"] = given
    given["list"]["L"].append({"S": "b"})
    items["p"]["s"]["list"]["L"].append({"S": "c"})
    assert items["p"]["s"]["list"] == {"L": [{"S": "a"}]}


def test_a_library_takes_a_fraction_of_the_memory() -> None:
    def measured(items: Any) -> int:
        tracemalloc.start()
        for number in range(200):
            for one in items_of(photo(number)):
                text = json.loads(json.dumps(one))
                items.setdefault(text["pk"]["S"], {})[text["sk"]["S"]] = text
        found = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        return found

    assert measured(Items(TEXTS)) < measured({}) / 5


def test_tables_are_packed_when_they_are_made_loaded_and_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_create_table", "_items_replaced", "load_persisted_state"):
        monkeypatch.setattr(dynamodb, name, getattr(dynamodb, name))
    memory.apply()
    dynamodb.reset()
    schema = [{"AttributeName": "pk", "KeyType": "HASH"}]
    kinds = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "shelf")]
    shelves = {"KeySchema": [{"AttributeName": "shelf", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}
    made: dict[str, Any] = {"TableName": "made", "KeySchema": schema, "AttributeDefinitions": kinds}
    made |= {"BillingMode": "PAY_PER_REQUEST", "GlobalSecondaryIndexes": [{"IndexName": "shelves", **shelves}]}
    assert dynamodb._create_table(made)[0] == 200
    dynamodb._put_item({"TableName": "made", "Item": {"pk": {"S": "a"}, "n": {"N": "1"}, "shelf": {"S": "x"}}})
    before = dynamodb._tables["made"]
    assert isinstance(before["items"], Items)
    state = dynamodb.get_state()
    dynamodb.reset()
    dynamodb.load_persisted_state(json.loads(json.dumps({"tables": dict(state["tables"])})))
    assert isinstance(dynamodb._tables["made"]["items"], Items)
    asked = {"TableName": "made", "Key": {"pk": {"S": "a"}}}
    assert json.loads(dynamodb._get_item(asked)[2])["Item"]["n"] == {"N": "1"}
    dynamodb._tables["made"]["items"] = {"a": {"__no_sort__": {"pk": {"S": "a"}}}}
    dynamodb._items_replaced(dynamodb._tables["made"])
    assert isinstance(dynamodb._tables["made"]["items"], Items)
    dynamodb.reset()


def test_keys_that_are_not_the_items_own_are_kept() -> None:
    odd = {"pk": {"S": "other"}, "sk": {"S": "s"}}
    assert packed.unpack(packed.pack(odd, TEXTS.attributes("p", "s")), TEXTS.attributes("p", "s")) == odd
