"""Calls the api function as API Gateway does after it has checked a token."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from function.handlers import api, worker
from function.values.principal import Principal, Role
from tests.function.conftest import Cloud, batch, s3_event

OWNER = Principal("2f1c-owner", Role.OWNER)
CLAIMS = {"sub": OWNER.who, "client_id": "abc", "scope": "aws.cognito.signin.user.admin", "token_use": "access"}
NO_CLAIMS: Mapping[str, str] = {}


def event(
    route: str,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    content: str | bytes | None = None,
    claims: Mapping[str, str] = CLAIMS,
    **path: str,
) -> dict[str, Any]:
    """Make an event of payload format 2.0, with a body of bytes in base64."""
    made = {"version": "2.0", "routeKey": route, "headers": dict(headers or {}), "pathParameters": path}
    if claims:
        made["requestContext"] = {"authorizer": {"jwt": {"claims": dict(claims), "scopes": None}}}
    if query:
        made["queryStringParameters"] = dict(query)
    if isinstance(content, bytes):
        return {**made, "body": base64.b64encode(content).decode(), "isBase64Encoded": True}
    return made if content is None else {**made, "body": content, "isBase64Encoded": False}


def ask(route: str, *arguments: Any, **named: Any) -> Any:
    return api.handle(event(route, *arguments, **named), None)


def body(answer: dict[str, Any]) -> Any:
    return json.loads(answer["body"])


def library(cloud: Cloud, count: int) -> list[str]:
    """Ingest one photo per day, the oldest first. Returns their keys."""
    keys = [f"{number:03}.jpg" for number in range(count)]
    for number, key in enumerate(keys):
        uploaded = s3_event(f"originals/{key}", cloud.put(f"originals/{key}"), "01")
        uploaded["Records"][0]["eventTime"] = f"2026-01-{number + 1:02}T12:00:00.000Z"
        worker.handle(batch(uploaded), None)
    return keys


def listed(query: dict[str, str] | None = None) -> list[str]:
    """Return the keys of a page of photos."""
    return [photo["key"] for photo in body(ask("GET /photos", query))["photos"]]
