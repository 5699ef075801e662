"""The declared parts: saved when they change, an error where that fails, and no start with what cannot be read."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ministack import app
from ministack.core import persistence
from ministack.services import cognito, dynamodb, s3, sqs

from local.emulator.database import Database
from local.emulator.patches import items, messages, state


@pytest.fixture
def folder(guard: Callable[..., Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    guard(s3, sqs, dynamodb, cognito)
    monkeypatch.setattr(persistence, "STATE_DIR", str(tmp_path))
    monkeypatch.setattr(app, "AUTH", False)
    for name in ("_load_persisted_state", "save_all"):
        monkeypatch.setattr(app, name, getattr(app, name))
    monkeypatch.setattr(state, "_saved", {})
    items.apply()
    messages.apply()
    state.apply()
    return tmp_path


def create_queue() -> Any:
    return asyncio.run(sqs._dispatch("CreateQueue", {"QueueName": "intake"}, ""))


def create_bucket() -> int:
    status: int = asyncio.run(s3.handle_request("PUT", "/originals", {}, b"", {}))[0]
    return status


def create_pool() -> int:
    headers = {"x-amz-target": "AWSCognitoIdentityProviderService.CreateUserPool"}
    body = json.dumps({"PoolName": "users"}).encode()
    status: int = asyncio.run(cognito.handle_request("POST", "/", headers, body, {}))[0]
    return status


def test_each_change_is_on_the_disk_with_its_answer(folder: Path) -> None:
    create_queue()
    assert (create_bucket(), create_pool()) == (200, 200)
    for store in (sqs._queues, s3._buckets, cognito._user_pools):
        store.clear()
    state.load()
    assert [queue["name"] for queue in sqs._queues.values()] == ["intake"]
    assert list(s3._buckets.keys()) == ["originals"]
    assert [pool["Name"] for pool in cognito._user_pools.values()] == ["users"]


def test_a_change_that_cannot_be_saved_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(state, "_write", full)
    with pytest.raises(sqs._Err):
        create_queue()
    assert (create_bucket(), create_pool()) == (500, 500)


@pytest.mark.parametrize("text", ["", '{"__ministack_format__": 2, "payl', "[]", "null"])
def test_a_damaged_file_stops_the_start_and_is_left_alone(folder: Path, text: str) -> None:
    (folder / "sqs.json").write_text(text)
    with pytest.raises(state.UnreadableError, match=r"sqs\.json is damaged"):
        state.load()
    assert (folder / "sqs.json").read_text() == text


def test_a_file_of_a_newer_version_stops_the_start(folder: Path) -> None:
    (folder / "s3.json").write_text('{"__ministack_format__": 99, "payload": {}}')
    with pytest.raises(state.UnreadableError, match="newer version"):
        state.load()
