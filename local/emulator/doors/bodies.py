"""Reads a request's body at the door, and passes it on as one message."""

from collections.abc import Awaitable, Callable
from typing import Any

from local.emulator.doors.refusals import Refused

Receive = Callable[[], Awaitable[dict[str, Any]]]


class Disconnected(Exception):  # noqa: N818 - not an error
    """The client left before its body was complete."""


async def read(receive: Receive, most: int | None = None) -> bytes:
    """Read the whole body, in bytes. Raises Refused (413) above `most` bytes, and Disconnected."""
    chunks, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Disconnected
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if most is not None and size > most:
            raise Refused.as_json(413, {"message": "Request Too Long"})
        if not message.get("more_body", False):
            return b"".join(chunks)


def replay(body: bytes, receive: Receive) -> Receive:
    """Return a receiver of this body, and then of further messages."""
    left = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> dict[str, Any]:
        return left.pop() if left else await receive()

    return receive_again
