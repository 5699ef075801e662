"""The budget: never more than it is, whoever asks at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import pytest
from botocore.client import BaseClient

from function.aws.dynamodb.budget import DynamoDbBudget
from function.bootstrap import clients
from tests.function.conftest import TABLE, Cloud


def test_of_many_who_ask_at_once_as_many_are_let_through_as_there_is_budget_for(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Any = BaseClient._make_api_call  # type: ignore[attr-defined]
    lock = Lock()

    def alone(*call: Any) -> Any:
        # DynamoDB does each call as a whole; moto, in threads, does not.
        with lock:
            return real(*call)

    monkeypatch.setattr(BaseClient, "_make_api_call", alone)
    budget = DynamoDbBudget(clients.client("dynamodb"), TABLE)
    with ThreadPoolExecutor(8) as pool:
        let_through = list(pool.map(lambda _: budget.reserve("2026-01", 7), range(40)))
    assert sum(let_through) == 7


def test_each_month_has_a_budget_of_its_own(cloud: Cloud) -> None:
    budget = DynamoDbBudget(clients.client("dynamodb"), TABLE)
    assert [budget.reserve(month, 1) for month in ("2026-01", "2026-01", "2026-02")] == [True, False, True]


def test_a_budget_that_was_raised_counts_at_once(cloud: Cloud) -> None:
    budget = DynamoDbBudget(clients.client("dynamodb"), TABLE)
    assert [budget.reserve("2026-01", most) for most in (1, 1, 2, 1)] == [True, False, True, False]


def test_what_is_given_back_can_be_had_again_and_there_is_never_more_than_all(cloud: Cloud) -> None:
    budget = DynamoDbBudget(clients.client("dynamodb"), TABLE)
    assert budget.reserve("2026-01", 1)
    for _ in range(3):
        budget.release("2026-01")
    assert [budget.reserve("2026-01", 1) for _ in range(2)] == [True, False]
