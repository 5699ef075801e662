"""Responses of the HTTP API, with the headers that each of them carries."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from function.service.gallery_files import File

Headers = Mapping[str, str]
SECURITY: Headers = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000",
}
NO_STORE: Headers = {"cache-control": "no-store"}
# Kept by the browser, but asked for again at each visit.
REVALIDATE: Headers = {"cache-control": "no-cache"}


@dataclass(frozen=True)
class Response:
    """One response; a body of bytes travels to API Gateway as base64, a text as it is."""

    status: int
    headers: Headers
    body: str | bytes | None = None

    def to_event(self) -> dict[str, Any]:
        """Return the response in payload format 2.0."""
        event = {"statusCode": self.status, "headers": {**SECURITY, **self.headers}}
        if isinstance(self.body, bytes):
            return {**event, "body": base64.b64encode(self.body).decode(), "isBase64Encoded": True}
        return event if self.body is None else {**event, "body": self.body}


def json(content: msgspec.Struct | Mapping[str, Any], status: int = 200) -> Response:
    """Answer with JSON, which no cache keeps."""
    body = msgspec.json.encode(content).decode()
    return Response(status, {**NO_STORE, "content-type": "application/json"}, body)


def no_content() -> Response:
    """Answer that the request is done, without a body."""
    return Response(204, {})


def file(found: File, headers: Headers, if_none_match: str | None) -> Response:
    """Answer with a file of the gallery, or with 304 where `if_none_match` has its ETag (RFC 9110, 13.1.2)."""
    headers = {**headers, **REVALIDATE, "etag": found.etag}
    if if_none_match and found.etag in if_none_match:
        return not_modified(headers)
    return Response(200, {**headers, "content-type": found.content_type}, found.content)


def not_modified(headers: Headers) -> Response:
    """Answer that what the client has, with the ETag in these headers, is still the same."""
    return Response(304, headers)


def problem(status: int, message: str) -> Response:
    """Answer that the request cannot be fulfilled; the message says what was wrong and the next step."""
    return json({"message": message}, status)
