"""A Query that is answered from sorted keys says what MiniStack says, and looks at no more items than its page has."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ministack.services import dynamodb

from local.emulator.patches import memory, queries
from local.emulator.patches.queries import narrowing, orders

TABLE, INDEX = "library", "shelves"
WORDS = ("", "a", "a\x1f", "ab", "b", "é", "\U0010ffff", "zz")
PARTITIONS, SHELVES = ("p", "q"), ("left", "right")
Ask = Callable[[dict[str, Any]], Any]


@pytest.fixture(params=["S", "N"])
def kind(request: pytest.FixtureRequest) -> str:
    """The type of the sort keys."""
    return str(request.param)


@pytest.fixture(params=["as they are", "packed"])
def plain(kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """MiniStack's own Query, on a table beside which its patched one answers; its items are packed or not."""
    dynamodb.reset()
    for name in ("_query", "_index_item", "_create_table", "_items_replaced", "load_persisted_state"):
        monkeypatch.setattr(dynamodb, name, getattr(dynamodb, name))
    own = dynamodb._query
    queries.apply()
    if request.param == "packed":
        memory.apply()
    answered(dynamodb._create_table, table(kind))
    yield own
    dynamodb.reset()


def table(kind: str) -> dict[str, Any]:
    return {
        "TableName": TABLE,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": kind if name in ("sk", "place") else "S"}
            for name in ("pk", "sk", "shelf", "place")
        ],
        "KeySchema": schema("pk", "sk"),
        "GlobalSecondaryIndexes": [
            {"IndexName": INDEX, "KeySchema": schema("shelf", "place"), "Projection": {"ProjectionType": "ALL"}}
        ],
    }


def schema(partition: str, sort: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]


def answered(ask: Ask, data: dict[str, Any]) -> tuple[int, Any]:
    status, _, body = ask(data)
    return status, json.loads(body)


class Player:
    """Writes and asks at random, by a seed."""

    def __init__(self, kind: str, seed: int) -> None:
        self.kind = kind
        self.random = random.Random(seed)

    def value(self) -> dict[str, str]:
        if self.kind == "N":
            return {"N": self.random.choice((*map(str, range(-12, 13)), "1.5", "-0.25"))}
        return {"S": self.random.choice(WORDS) + self.random.choice(WORDS[1:])}

    def key(self) -> dict[str, Any]:
        return {"pk": {"S": self.random.choice(PARTITIONS)}, "sk": self.value()}

    def item(self) -> dict[str, Any]:
        more = {
            "shelf": {"S": self.random.choice(SHELVES)},
            "place": self.value(),
            "n": {"N": str(self.random.random())},
        }
        left_out = self.random.choice(("shelf", "place", "n", None, None, None))
        return {**self.key(), **{name: value for name, value in more.items() if name != left_out}}

    def write(self) -> None:
        self.random.choice((self.put, self.put, self.delete, self.update, self.batch, self.transact, self.expire))()

    def put(self) -> None:
        dynamodb._put_item({"TableName": TABLE, "Item": self.item()})

    def delete(self) -> None:
        dynamodb._delete_item({"TableName": TABLE, "Key": self.key()})

    def update(self) -> None:
        values = {":shelf": {"S": self.random.choice(SHELVES)}, ":place": self.value()}
        expression = "SET shelf = :shelf, place = :place"
        asked = {"UpdateExpression": expression, "ExpressionAttributeValues": values}
        dynamodb._update_item({"TableName": TABLE, "Key": self.key(), **asked})

    def batch(self) -> None:
        wishes = [{"PutRequest": {"Item": self.item()}}, {"DeleteRequest": {"Key": self.key()}}]
        dynamodb._batch_write_item({"RequestItems": {TABLE: wishes}})

    def transact(self) -> None:
        wishes = [
            {"Put": {"TableName": TABLE, "Item": self.item()}},
            {"Delete": {"TableName": TABLE, "Key": self.key()}},
        ]
        if self.random.random() < 0.3:  # one that is refused as a whole
            check = {"Key": self.key(), "ConditionExpression": "n = :n", "ExpressionAttributeValues": {":n": {"S": ""}}}
            wishes.append({"ConditionCheck": {"TableName": TABLE, **check}})
        dynamodb._transact_write_items({"TransactItems": wishes})

    def expire(self) -> None:
        key = self.key()
        dynamodb._remove_item(dynamodb._tables[TABLE], *map(dynamodb._extract_key_val, key.values()))

    def question(self) -> dict[str, Any]:
        index = self.random.choice((None, INDEX))
        names = ("shelf", "place") if index else ("pk", "sk")
        condition, values = self.condition(names[1])
        asked: dict[str, Any] = {
            "TableName": TABLE,
            "KeyConditionExpression": f"#h = :h{condition}",
            "ExpressionAttributeNames": {"#h": names[0]},
            "ExpressionAttributeValues": {":h": {"S": self.random.choice((*PARTITIONS, *SHELVES))}, **values},
            "ScanIndexForward": self.random.random() < 0.5,
        }
        more: tuple[dict[str, Any], ...] = (
            {"Limit": self.random.randint(1, 7)},
            {"ExclusiveStartKey": self.item() | {"shelf": {"S": "left"}, "place": self.value()}},
            {"ProjectionExpression": "n, place"},
            {"Select": "COUNT"},
            {"ReturnConsumedCapacity": "INDEXES"},
        )
        for part in more:
            asked |= part if self.random.random() < 0.3 else {}
        if "ExclusiveStartKey" in asked:
            asked["ExclusiveStartKey"].pop("n", None)
        return asked | ({"IndexName": index} if index else {})

    def condition(self, name: str) -> tuple[str, dict[str, Any]]:
        one, other = self.value(), self.value()
        shapes = ["", *(f" AND {name} {sign} :a" for sign in ("=", "<", "<=", ">", ">=", "<>")), f" AND :a = {name}"]
        shapes += [f" AND {name} BETWEEN :a AND :b", f" AND begins_with({name}, :a)", f" AND {name} = :a AND n = :b"]
        shape = self.random.choice(shapes)
        return shape, {ref: value for ref, value in ((":a", one), (":b", other)) if ref in shape}


@pytest.mark.parametrize("seed", range(8))
def test_the_answers_are_those_of_ministack(plain: Ask, kind: str, seed: int) -> None:
    player = Player(kind, seed)
    statuses = []
    for _ in range(400):
        player.write()
        asked = player.question()
        expected = answered(plain, asked)
        assert answered(dynamodb._query, asked) == expected, asked
        statuses.append(expected[0])
    assert min(map(statuses.count, (200, 400))) > 10


def fill(count: int, kind: str = "S") -> None:
    for number in range(count):
        value = {kind: f"{number:06}" if kind == "S" else str(number)}
        item = {"pk": {"S": "p"}, "sk": value, "shelf": {"S": "left"}, "place": value, "text": {"S": "x" * 1000}}
        dynamodb._set_item(dynamodb._tables[TABLE], "p", dynamodb._extract_key_val(value), item)


def page(index: str | None, **more: Any) -> dict[str, Any]:
    name = "shelf" if index else "pk"
    asked = {
        "KeyConditionExpression": f"{name} = :h",
        "ExpressionAttributeValues": {":h": {"S": "left" if index else "p"}},
    }
    return {"TableName": TABLE, **asked, **({"IndexName": index} if index else {}), **more}


@pytest.mark.parametrize("index", [None, INDEX])
@pytest.mark.parametrize("forward", [True, False])
def test_the_pages_of_a_partition_are_those_of_ministack(
    plain: Ask, kind: str, index: str | None, forward: bool
) -> None:
    fill(1500, kind)
    for limit in ({}, {"Limit": 400}):
        asked = page(index, ScanIndexForward=forward, **limit)
        pages = 0
        while True:
            status, answer = answered(dynamodb._query, asked)
            assert (status, answer) == answered(plain, asked)
            pages += 1
            if "LastEvaluatedKey" not in answer:
                break
            asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        assert pages > 1


@pytest.mark.usefixtures("plain")
def test_large_partitions_are_sorted_ahead_of_their_first_query(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    fill(queries.MANY, kind)
    queries.warm()
    monkeypatch.setattr(orders, "_places", None)  # nothing is sorted any more
    assert answered(dynamodb._query, page(None, Limit=2))[1]["Count"] == 2


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("index", [None, INDEX])
def test_a_page_costs_as_much_in_a_large_partition_as_in_a_small_one(
    index: str | None, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[int] = []

    def counting(data: dict[str, Any]) -> Any:
        narrowed = narrowing.narrow(data)
        assert narrowed is not None
        counts.append(sum(map(len, narrowed["items"].values())))
        return narrowed

    ordered: list[object] = []
    values = dynamodb._index_order_value

    def ordering(*given: Any) -> Any:
        ordered.append(given)
        return values(*given)

    monkeypatch.setattr(dynamodb, "_index_order_value", ordering)
    monkeypatch.setattr(queries, "narrow", counting)
    looked_at = []
    for size in (100, 2000):
        fill(size, kind)
        answered(dynamodb._query, page(index, Limit=20))
        ordered.clear()
        answered(dynamodb._query, page(index, Limit=20))
        looked_at.append(len(ordered))
    assert counts == [20] * 4
    assert looked_at[0] == looked_at[1]
