"""SQS's messages: in the database while they are in the queue, under one URL whatever the port."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from ministack import app
from ministack.services import sqs

from local.emulator.database import Database
from local.emulator.patches import messages

NAME = "intake"
ARN = f"arn:aws:sqs:us-east-1:000000000000:{NAME}"


@pytest.fixture
def stored(guard: Callable[..., Database], monkeypatch: pytest.MonkeyPatch) -> Database:
    found = guard(sqs)
    monkeypatch.setattr(app, "AUTH", False)
    monkeypatch.setattr(sqs, "DEFAULT_PORT", "8485")  # of the gateway, in this run
    messages.apply()
    return found


def call(action: str, **given: Any) -> Any:
    return asyncio.run(sqs._dispatch(action, given, given.get("QueueUrl", "")))


@pytest.fixture
def url(stored: Database) -> str:
    made: str = call("CreateQueue", QueueName=NAME)["QueueUrl"]
    return made


def bodies(stored: Database) -> list[str]:
    return [message["body"] for message in stored.messages(ARN)]


def test_a_message_is_stored_until_it_is_deleted(stored: Database, url: str) -> None:
    for body in "abc":
        call("SendMessage", QueueUrl=url, MessageBody=body)
    assert bodies(stored) == ["a", "b", "c"]
    received = call("ReceiveMessage", QueueUrl=url)["Messages"][0]
    assert bodies(stored) == ["a", "b", "c"]
    call("DeleteMessage", QueueUrl=url, ReceiptHandle=received["ReceiptHandle"])
    assert bodies(stored) == ["b", "c"]
    batch = sqs._receive_messages_for_esm(url, 1)
    sqs._delete_messages_for_esm(url, {message["receipt_handle"] for message in batch})
    assert bodies(stored) == ["c"]
    call("PurgeQueue", QueueUrl=url)
    assert bodies(stored) == []


def test_a_message_that_cannot_be_stored_is_an_error(
    stored: Database, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Any) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(stored, "write", full)
    with pytest.raises(sqs._Err) as raised:
        call("SendMessage", QueueUrl=url, MessageBody="a")
    assert raised.value.status == 500


def test_after_a_start_every_message_is_visible_and_untried(stored: Database, url: str) -> None:
    for body in "ab":
        call("SendMessage", QueueUrl=url, MessageBody=body)
    call("SendMessage", QueueUrl=url, MessageBody="later", DelaySeconds=600)
    call("ReceiveMessage", QueueUrl=url, VisibilityTimeout=40_000)
    state = sqs.get_state()
    sqs._queues.clear()
    sqs.load_persisted_state(state)
    found = call("ReceiveMessage", QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["ApproximateReceiveCount"])
    received = [(message["Body"], message["Attributes"]["ApproximateReceiveCount"]) for message in found["Messages"]]
    assert received == [("a", "1"), ("b", "1")]


def test_a_queues_url_does_not_hold_the_gateways_port(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert url == f"http://localhost:4566/000000000000/{NAME}"


def old_queue(port: int, *texts: str) -> dict[str, Any]:
    sent = [
        {
            "id": f"{port}-{text}",
            "body": text,
            "sent_at": 1e9 + port,
            "visible_at": time.time() + 40_000,
            "receive_count": 2,
        }
        for text in texts
    ]
    found = {"name": NAME, "url": f"http://localhost:{port}/000000000000/{NAME}", "is_fifo": False, "tags": {}}
    return {**found, "attributes": {"QueueArn": ARN, "VisibilityTimeout": "30"}, "messages": sent, "dedup_cache": {}}


def test_a_library_with_a_queue_for_each_port_gets_one_with_the_messages_of_all(stored: Database) -> None:
    from ministack.core.responses import AccountRegionScopedDict

    queues = AccountRegionScopedDict()
    for queue in (old_queue(8612, "second"), old_queue(8490), old_queue(8485, "first", "too")):
        queues.set_scoped("000000000000", "us-east-1", queue["url"], queue)
    sqs.load_persisted_state({"queues": queues})
    assert call("ListQueues")["QueueUrls"] == [f"http://localhost:4566/000000000000/{NAME}"]
    url = call("GetQueueUrl", QueueName=NAME)["QueueUrl"]
    assert sqs._queue_by_arn(ARN) is sqs._queues[url]
    found = call("ReceiveMessage", QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert sorted(message["Body"] for message in found) == ["first", "second", "too"]
    assert sorted(bodies(stored)) == ["first", "second", "too"]


def test_a_message_that_comes_while_others_are_taken_out_stays(stored: Database, url: str) -> None:
    call("SendMessage", QueueUrl=url, MessageBody="a")
    call("ReceiveMessage", QueueUrl=url)
    queue = sqs._queues[url]
    left: list[Any] = []  # what MiniStack found left, before the next message came from another thread
    call("SendMessage", QueueUrl=url, MessageBody="b")
    queue["messages"] = left
    assert [message["body"] for message in queue["messages"]] == bodies(stored) == ["b"]
    assert queue["messages"][0]["sent_at"] <= time.time()
