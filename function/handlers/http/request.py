"""Parses a request out of the event of API Gateway's HTTP API (payload format 2.0)."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from function.contract.routes import Route
from function.errors import RequestError
from function.handlers.http.principals import principal
from function.values.principal import Principal

Event = Mapping[str, Any]
# Gateways put it in place of bytes that are not UTF-8.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
NO_TEXT = "The body of a request is text in UTF-8, and this one is not."


@dataclass(frozen=True)
class Request:
    """One request: its route, path parameters, query parameters, headers by lower-case name, body and principal."""

    route: Route
    path: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    principal: Principal

    @property
    def text(self) -> str:
        """The body as text. Raises RequestError where it is not UTF-8."""
        try:
            text = self.body.decode()
        except UnicodeDecodeError:
            text = REPLACEMENT
        if REPLACEMENT in text:
            raise RequestError(NO_TEXT)
        return text

    @property
    def json(self) -> Any:
        """The value of a JSON body; None where the body is not JSON. Raises RequestError where it is not UTF-8."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return None


def parse(event: Event, route: Route) -> Request:
    """Return the request of an event. Raises RequestError for a body that is broken in transport."""
    return Request(
        route=route,
        path=event.get("pathParameters") or {},
        query=event.get("queryStringParameters") or {},
        headers=event.get("headers") or {},
        body=_body(event),
        principal=principal(event),
    )


def _body(event: Event) -> bytes:
    body: str = event.get("body") or ""
    try:
        return base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else body.encode()
    except ValueError:
        raise RequestError(NO_TEXT) from None
