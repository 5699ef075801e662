"""Responses of the HTTP API, with the headers that each of them carries."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from function.handlers.http.encoding import accepts
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
# Kept for a year: the name stands for the content.
KEEP: Headers = {"cache-control": "public, max-age=31536000, immutable"}


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


def json(content: msgspec.Struct | Mapping[str, Any], status: int = 200, etag: str | None = None) -> Response:
    """Answer with JSON, which no cache keeps. With an ETag, the client can ask whether it has changed."""
    headers = {**NO_STORE, "content-type": "application/json"} | ({"etag": etag} if etag else {})
    return Response(status, headers, msgspec.json.encode(content).decode())


def unchanged(etag: str) -> Response:
    """Answer that the JSON with this ETag is still the same."""
    return not_modified({**NO_STORE, "etag": etag})


def no_content() -> Response:
    """Answer that the request is done, without a body."""
    return Response(204, {})


def file(found: File, headers: Headers, asked: Headers) -> Response:
    """Answer with a file of the gallery, compressed where the request's headers `asked` allow it.

    Answers 304 where `if-none-match` has its ETag (RFC 9110, 13.1.2).
    """
    headers = {**headers, **(KEEP if found.immutable else REVALIDATE), "etag": found.etag}
    if found.etag in asked.get("if-none-match", ""):
        return not_modified(headers)
    accepted = asked.get("accept-encoding", "")
    coding = next((coding for coding in found.compressed if accepts(accepted, coding)), None)
    headers = {**headers, "content-type": found.content_type, "vary": "accept-encoding"}
    if coding is None:
        return Response(200, headers, found.content)
    return Response(200, {**headers, "content-encoding": coding}, found.compressed[coding])


def not_modified(headers: Headers) -> Response:
    """Answer that what the client has, with the ETag in these headers, is still the same."""
    return Response(304, headers)


def problem(status: int, message: str) -> Response:
    """Answer that the request cannot be fulfilled; the message says what was wrong and the next step."""
    return json({"message": message}, status)
