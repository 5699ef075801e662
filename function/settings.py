"""What the stack tells its functions; the sole reader of the environment."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from function.contract import Recipe, RenditionSpec, Variable

# The SDK's own variable.
ENDPOINT = "AWS_ENDPOINT_URL"


class SettingsError(Exception):
    """The environment lacks something or holds what is not taken; the message names every fault."""


@dataclass(frozen=True)
class WorkerSettings:
    """What the worker needs to know."""

    originals_bucket: str
    renditions_bucket: str
    table: str
    topic_arn: str
    originals_prefix: str
    inbox_prefix: str
    renditions: Recipe


@dataclass(frozen=True)
class ApiSettings:
    """What the api needs to know; `sign_in` is what the gallery gets to know of where to sign in."""

    originals_bucket: str
    renditions_bucket: str
    table: str
    originals_prefix: str
    signed_url_seconds: int
    sign_in: dict[str, str]


def worker(environment: Mapping[str, str] = os.environ) -> WorkerSettings:
    """The worker's settings. Raises SettingsError with all faults at once."""
    return WorkerSettings(**_read(environment, WORKER))


def api(environment: Mapping[str, str] = os.environ) -> ApiSettings:
    """The api's settings. Raises SettingsError with all faults at once."""
    found = _read(environment, API)
    if ENDPOINT in environment and found["sign_in"]["kind"] == "cognito":
        found["sign_in"] = {**found["sign_in"], "endpoint": f"{environment[ENDPOINT].rstrip('/')}/"}
    return ApiSettings(**found)


def has_own_endpoint(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the functions talk to an endpoint of one's own (the embedded AWS, another store) instead of AWS."""
    return ENDPOINT in environment


def _text(raw: str) -> str:
    if not raw:
        raise ValueError("a text that is not empty")
    return raw


def _prefix(raw: str) -> str:
    if not raw.endswith("/"):
        raise ValueError("a prefix that ends with a slash")
    return raw


def _seconds(raw: str) -> int:
    if not raw.isdigit() or not int(raw):
        raise ValueError("a number of seconds")
    return int(raw)


def _recipe(raw: str) -> Recipe:
    try:
        return tuple(RenditionSpec(**spec) for spec in json.loads(raw))
    except (ValueError, TypeError):
        raise ValueError("renditions as JSON, each with size, quality and format") from None


def _sign_in(raw: str) -> dict[str, str]:
    try:
        described: dict[str, str] = json.loads(raw)
        return {"kind": described["kind"], **described}
    except (ValueError, TypeError, KeyError):
        raise ValueError("where to sign in, as JSON with a kind") from None


Reader = Callable[[str], Any]
LIBRARY: dict[str, tuple[str, Reader]] = {
    "originals_bucket": (Variable.ORIGINALS_BUCKET, _text),
    "renditions_bucket": (Variable.RENDITIONS_BUCKET, _text),
    "table": (Variable.TABLE, _text),
    "originals_prefix": (Variable.ORIGINALS_PREFIX, _prefix),
}
WORKER: dict[str, tuple[str, Reader]] = {
    **LIBRARY,
    "topic_arn": (Variable.TOPIC_ARN, _text),
    "inbox_prefix": (Variable.INBOX_PREFIX, _prefix),
    "renditions": (Variable.RENDITIONS, _recipe),
}
API: dict[str, tuple[str, Reader]] = {
    **LIBRARY,
    "signed_url_seconds": (Variable.SIGNED_URL_SECONDS, _seconds),
    "sign_in": (Variable.SIGN_IN, _sign_in),
}


def _read(environment: Mapping[str, str], wanted: Mapping[str, tuple[str, Reader]]) -> dict[str, Any]:
    found, faults = {}, []
    for field, (variable, read) in wanted.items():
        try:
            found[field] = read(environment.get(variable, ""))
        except ValueError as fault:
            faults.append(f"{variable} is {environment.get(variable)!r}; it takes {fault}")
    if faults:
        raise SettingsError("; ".join(faults))
    return found
