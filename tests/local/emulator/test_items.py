"""DynamoDB's items: in the database before the request is answered, or not changed at all."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from ministack.services import dynamodb

from local.emulator.database import Database
from local.emulator.patches import items

Call = Callable[..., tuple[int, Any]]
TABLE = "index"


def key(partition: str, sort: str = "1") -> dict[str, Any]:
    return {"pk": {"S": partition}, "sk": {"S": sort}}


@pytest.fixture
def stored(guard: Callable[..., Database]) -> Database:
    found = guard(dynamodb)
    items.apply()
    return found


def call(action: str, **given: Any) -> tuple[int, Any]:
    body = json.dumps({"TableName": TABLE, **given} if "Transact" not in action else given).encode()
    headers = {"x-amz-target": f"DynamoDB_20120810.{action}"}
    status, _, answer = asyncio.run(dynamodb.handle_request("POST", "/", headers, body, {}))
    return status, json.loads(answer)


@pytest.fixture
def table(stored: Database) -> str:
    names = ("pk", "sk")
    schema = [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"), strict=True)]
    types = [{"AttributeName": name, "AttributeType": "S"} for name in names]
    made = call("CreateTable", KeySchema=schema, AttributeDefinitions=types, BillingMode="PAY_PER_REQUEST")
    assert made[0] == 200
    arn: str = made[1]["TableDescription"]["TableArn"]
    return arn


def in_database(stored: Database, arn: str) -> list[str]:
    return [partition for partition, _, _ in stored.items(arn)]


def in_memory() -> list[str]:
    return sorted(item["pk"]["S"] for item in call("Scan")[1]["Items"])


def test_each_change_is_stored_with_its_answer(stored: Database, table: str) -> None:
    for name in "abc":
        call("PutItem", Item={**key(name), "n": {"N": "1"}})
    call("DeleteItem", Key=key("a"))
    call("UpdateItem", Key=key("b"), UpdateExpression="SET n = :n", ExpressionAttributeValues={":n": {"N": "2"}})
    puts = [{"Put": {"TableName": TABLE, "Item": key(name)}} for name in "de"]
    call("TransactWriteItems", TransactItems=[*puts, {"Delete": {"TableName": TABLE, "Key": key("c")}}])
    assert in_database(stored, table) == in_memory() == ["b", "d", "e"]
    assert next(item for _, _, item in stored.items(table))["n"] == {"N": "2"}


def test_a_change_that_cannot_be_stored_is_an_error_and_changes_nothing(
    stored: Database, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ab":
        call("PutItem", Item={**key(name), "n": {"N": "1"}})

    def full(_: Any) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as failing:
        failing.setattr(stored, "write", full)
        update = {"UpdateExpression": "SET n = :n", "ExpressionAttributeValues": {":n": {"N": "2"}}}
        tried = [
            call("PutItem", Item=key("c")),
            call("DeleteItem", Key=key("a")),
            call("UpdateItem", Key=key("b"), **update),
            call(
                "TransactWriteItems",
                TransactItems=[
                    {"Put": {"TableName": TABLE, "Item": key("d")}},
                    {"Delete": {"TableName": TABLE, "Key": key("a")}},
                ],
            ),
        ]
        assert {(status, answer["__type"].split("#")[-1]) for status, answer in tried} == {(500, "InternalServerError")}
        assert in_memory() == ["a", "b"]
        assert call("GetItem", Key=key("b"))[1]["Item"]["n"] == {"N": "1"}
    assert in_database(stored, table) == ["a", "b"]


def test_what_was_stored_is_loaded_and_a_deleted_table_is_gone(stored: Database, table: str) -> None:
    call("PutItem", Item=key("a"))
    state = dynamodb.get_state()
    assert "items" not in next(iter(state["tables"].all_values()))
    dynamodb._tables.clear()
    dynamodb.load_persisted_state(state)
    assert in_memory() == ["a"]
    call("PutItem", Item=key("b"))
    assert in_database(stored, table) == ["a", "b"]
    call("DeleteTable")
    assert in_database(stored, table) == []


def test_items_of_an_older_version_move_into_the_database(stored: Database, table: str) -> None:
    state = dynamodb.get_state()
    next(iter(state["tables"].all_values()))["items"] = {"old": {"1": key("old")}}
    dynamodb._tables.clear()
    dynamodb.load_persisted_state(state)
    assert in_database(stored, table) == in_memory() == ["old"]
