"""Answers refused requests in the error format of the addressed service."""

import json
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from ministack.core.iam_actions import access_denied_response

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Refused(Exception):  # noqa: N818 - a refusal is an answer
    """Ends a request at the door with this answer."""

    def __init__(self, status: int, content_type: str, body: bytes) -> None:
        super().__init__(status)
        self.status, self.content_type, self.body = status, content_type, body

    @classmethod
    def plain(cls, status: int, message: str) -> "Refused":
        """Answer with one line of text."""
        return cls(status, "text/plain; charset=utf-8", f"{message}\n".encode())

    @classmethod
    def as_json(cls, status: int, body: Mapping[str, str], content_type: str = "application/json") -> "Refused":
        """Answer with JSON, as API Gateway and Cognito do."""
        return cls(status, content_type, json.dumps(body).encode())

    @classmethod
    def as_aws(cls, service: str, code: str, message: str, headers: Mapping[str, str]) -> "Refused":
        """Answer a failed authentication in the protocol of the service, by MiniStack's table of codes."""
        status, made, body = access_denied_response(
            service, "", "", str(uuid.uuid4()), error_code=code, message=message, headers=dict(headers)
        )
        return cls(status, made["Content-Type"], body)

    @classmethod
    def no_bucket(cls, name: str) -> "Refused":
        """Answer as S3 does for a bucket that does not exist."""
        safe = "".join(letter for letter in name if letter.isalnum() or letter in "-._")
        error = (
            f"<Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message><Bucket>{safe}</Bucket>"
        )
        body = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{error}</Error>'
        return cls(404, "application/xml", body.encode())

    async def send(self, send: Send, method: str) -> None:
        """Send the answer; one to HEAD has no body."""
        headers = [
            (b"content-type", self.content_type.encode()),
            (b"content-length", str(len(self.body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else self.body})
