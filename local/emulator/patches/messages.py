"""Stores SQS's messages in the database as they change, and gives a queue the same URL at every port.

MiniStack writes all messages into one JSON file when it stops. It builds a queue's URL with the gateway's port and
looks queues up by it: at another port, each queue is made again beside the one before, S3 sends to one of them and
the worker reads the other. A library that has such queues gets one of each with the messages of all.
After a start every message is visible, because no receiver has survived. Receives are counted from zero, so that stops
alone never send a photo to the dead-letter queue.
No longer needed when MiniStack stores messages as they change, and names queues without its port.
"""

import json
import logging
import time
from collections.abc import Callable
from typing import Any

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import sqs

from local.emulator import database
from local.emulator.database import DELETE_MESSAGE, PUT_MESSAGE, Statement

# MiniStack's default port. A queue's URL is only its identifier: no request is sent to it.
PORT = "4566"
LONGEST_DELAY_SECONDS = 900
JUST_NOW_SECONDS = 60

LOGGER = logging.getLogger("sqs")

Message = dict[str, Any]


class Messages(list[Message]):
    """A queue's messages."""

    def __init__(self, arn: str, messages: list[Message]) -> None:
        super().__init__(messages)
        self.arn = arn

    def append(self, message: Message) -> None:
        """Append a message and store it. Raises OSError if it could not be stored."""
        super().append(message)
        database.shared().write([_put(self.arn, message)])

    def remove(self, message: Message) -> None:
        """Remove a message."""
        super().remove(message)
        _forget(self.arn, [message])

    def clear(self) -> None:
        """Remove all messages."""
        gone = list(self)
        super().clear()
        _forget(self.arn, gone)


class Queue(dict[str, Any]):
    """A queue. MiniStack removes messages by assigning a new list of the remaining ones, in the same order."""

    def __setitem__(self, name: str, value: Any) -> None:
        """Store the removals of an assignment to `messages`."""
        if name != "messages":
            super().__setitem__(name, value)
            return
        arn = self["attributes"]["QueueArn"]
        gone, came = _differences(self["messages"], value)
        super().__setitem__(name, Messages(arn, [*value, *came]))
        _forget(arn, gone)


def apply() -> None:
    """Name queues without the gateway's port, and store messages."""
    sqs.DEFAULT_PORT = PORT
    sqs._CANONICAL_NETLOC = f"{sqs.DEFAULT_HOST}:{PORT}"
    sqs._HANDLERS["CreateQueue"] = _storing_new(sqs._HANDLERS["CreateQueue"])
    sqs._HANDLERS["DeleteQueue"] = _empty(sqs._HANDLERS["DeleteQueue"])
    sqs._dispatch = _answering_faults(sqs._dispatch)
    sqs.get_state = _without_messages
    sqs.load_persisted_state = _with_messages(sqs.load_persisted_state)


def _answering_faults(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    async def dispatch_or_fail(*request: Any) -> Any:
        try:
            return await dispatch(*request)
        except OSError as error:
            LOGGER.error("A message cannot be stored: %s", error)  # noqa: TRY400 - the disk's fault
            raise sqs._Err("InternalFailure", "The disk does not take the change.", 500) from None

    return dispatch_or_fail


def _storing_new(create: Callable[..., Any]) -> Callable[..., Any]:
    def create_and_store(*request: Any) -> Any:
        answer = create(*request)
        url = answer["QueueUrl"]
        if not isinstance(sqs._queues[url], Queue):
            sqs._queues[url] = _queue(sqs._queues[url])
        return answer

    return create_and_store


def _empty(delete: Callable[..., Any]) -> Callable[..., Any]:
    def empty_and_delete(data: Any, url: str) -> Any:
        sqs._get_q(data.get("QueueUrl", url), "sqs:DeleteQueue")["messages"].clear()
        return delete(data, url)

    return empty_and_delete


def _queue(found: dict[str, Any]) -> Queue:
    return Queue({**found, "messages": Messages(found["attributes"]["QueueArn"], found["messages"])})


def _without_messages() -> dict[str, Any]:
    bare = AccountRegionScopedDict()
    for place, queue in sqs._queues.all_items():
        bare.set_scoped(*place, {name: value for name, value in queue.items() if name != "messages"})
    return {"queues": bare, "queue_name_to_url": sqs._queue_name_to_url}


def _with_messages(load: Callable[[Any], None]) -> Callable[[Any], None]:
    def load_all(data: Any) -> None:
        load(data)
        named: dict[tuple[str, str, str], dict[str, Any]] = {}
        for (account, region, _), queue in sqs._queues.all_items():
            arn = queue["attributes"]["QueueArn"]
            # An earlier version stored messages in the file of the queues, with a queue for each port.
            database.shared().write(_put(arn, message) for message in queue.get("messages", ()))
            named[account, region, queue["name"]] = queue
        sqs._queues.clear()
        for (account, region, name), queue in named.items():
            url = sqs._queue_url_for_account(account, name)
            messages = _load(queue["attributes"]["QueueArn"])
            sqs._queues.set_scoped(account, region, url, _queue({**queue, "url": url, "messages": messages}))
            sqs._queue_name_to_url.set_scoped(account, region, name, url)

    return load_all


def _load(arn: str) -> list[Message]:
    now = time.time()
    messages = [_visible(message, now) for message in database.shared().messages(arn)]
    return sorted(messages, key=lambda message: float(message["sent_at"]))


def _forget(arn: str, gone: list[Message]) -> None:
    if not gone:
        return
    try:
        database.shared().write([(DELETE_MESSAGE, (arn, message["id"])) for message in gone])
    except OSError as error:
        # It is delivered again after the next start, which is harmless: messages may be delivered twice.
        LOGGER.error("A message that is done cannot be removed from the disk: %s", error)  # noqa: TRY400


def _visible(message: Message, now: float) -> Message:
    # One that was never received may wait for its delay; any longer wait is that of a clock that has jumped.
    waits = not message["receive_count"] and now < message["visible_at"] <= now + LONGEST_DELAY_SECONDS
    # A message must not expire because the library was closed for longer than the queue's retention.
    fresh = {"receipt_handle": None, "receive_count": 0, "first_receive_at": None, "enqueued_at": now}
    return {**message, **fresh, "visible_at": message["visible_at"] if waits else now}


def _put(arn: str, message: Message) -> Statement:
    return PUT_MESSAGE, (arn, message["id"], json.dumps(message, separators=(",", ":")))


def _differences(before: list[Message], after: list[Message]) -> tuple[list[Message], list[Message]]:
    """Return the messages of `before` that were removed, and those that arrived while `after` was built."""
    missing = len(before) - len(after)
    if missing <= 0:
        return [], []
    kept, gone = iter(after), []
    expected = next(kept, None)
    for message in before:
        if message is expected:
            expected = next(kept, None)
            continue
        gone.append(message)
        if len(gone) == missing:
            break
    came = [message for message in gone if _has_just_come(message)]
    return [message for message in gone if not _has_just_come(message)], came


def _has_just_come(message: Message) -> bool:
    # Only received or expired messages are removed.
    return not message["receive_count"] and time.time() - message["sent_at"] < JUST_NOW_SECONDS
