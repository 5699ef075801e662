"""Reads the settings of each function; the only module that reads the environment."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from function.contract.environment import Variable
from function.contract.recipe import Recipe
from function.settings import parsers

# The SDK's own variable, and those of Lambda.
ENDPOINT = "AWS_ENDPOINT_URL"
FUNCTION, MEMORY = "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"


class SettingsError(Exception):
    """Signals variables that are missing or have values that are not allowed. The message names every one."""


@dataclass(frozen=True)
class LibrarySettings:
    """The settings of every function: the names of the library's buckets and table."""

    originals_bucket: str
    renditions_bucket: str
    table: str
    originals_prefix: str


@dataclass(frozen=True)
class WorkerSettings:
    """The worker's settings. `decoder_memory` is in bytes; `postscript_function` is None where EPS is off."""

    originals_bucket: str
    renditions_bucket: str
    table: str
    topic_arn: str
    originals_prefix: str
    inbox_prefix: str
    inbox_pattern: str
    renditions: Recipe
    maximum_receives: int
    decoder_memory: int
    postscript_function: str | None


@dataclass(frozen=True)
class ApiSettings:
    """The api's settings. `sign_in` holds the gallery's sign-in fields.

    `renditions_origin` is the scheme and host of the signed URLs of renditions.
    """

    originals_bucket: str
    renditions_bucket: str
    table: str
    originals_prefix: str
    renditions_origin: str
    signed_url_seconds: int
    queue_url: str
    sign_in: dict[str, str]


@dataclass(frozen=True)
class RekognitionSettings:
    """The monthly budget of Rekognition, in images."""

    monthly_images: int


@dataclass(frozen=True)
class Store:
    """A store other than S3 that holds the buckets."""

    endpoint: str
    region: str
    access_key: str
    secret_key: str = field(repr=False)


def library(environment: Mapping[str, str] = os.environ) -> LibrarySettings:
    """Read the settings of every function. Raises SettingsError, which names all faults."""
    return LibrarySettings(**_read(environment, LIBRARY))


def worker(environment: Mapping[str, str] = os.environ) -> WorkerSettings:
    """Read the worker's settings. Raises SettingsError, which names all faults."""
    found = WorkerSettings(**_read(environment, WORKER))
    if found.originals_prefix.startswith(found.inbox_prefix) or found.inbox_prefix.startswith(found.originals_prefix):
        # A moved file would be in the inbox again.
        raise SettingsError(
            f"{Variable.INBOX_PREFIX} is {found.inbox_prefix!r}; it takes one apart from the originals'"
        )
    return found


def api(environment: Mapping[str, str] = os.environ) -> ApiSettings:
    """Read the api's settings. Raises SettingsError, which names all faults."""
    found = _read(environment, API)
    if own := environment.get(Variable.S3_ENDPOINT) or environment.get(ENDPOINT):
        # A custom endpoint has one host for all buckets.
        found["renditions_origin"] = parsers.endpoint(own)
    if ENDPOINT in environment and found["sign_in"]["kind"] == "cognito":
        found["sign_in"] = {**found["sign_in"], "endpoint": f"{environment[ENDPOINT].rstrip('/')}/"}
    return ApiSettings(**found)


def is_function(environment: Mapping[str, str] = os.environ) -> bool:
    """Check whether this process runs as a Lambda function, and not as a test."""
    return FUNCTION in environment


def has_own_endpoint(environment: Mapping[str, str] = os.environ) -> bool:
    """Check whether another endpoint, such as the embedded AWS, takes the place of AWS."""
    return ENDPOINT in environment


def store(environment: Mapping[str, str] = os.environ) -> Store | None:
    """Read the store that holds the buckets. Returns None for S3. Raises SettingsError, which names all faults."""
    return Store(**_read(environment, STORE)) if environment.get(Variable.S3_ENDPOINT) else None


def rekognition(environment: Mapping[str, str] = os.environ) -> RekognitionSettings | None:
    """Read the settings of Rekognition. Returns None where it is off. Raises SettingsError, which names all faults."""
    return (
        RekognitionSettings(**_read(environment, REKOGNITION))
        if environment.get(Variable.REKOGNITION_MONTHLY_IMAGES)
        else None
    )


def stack(environment: Mapping[str, str] = os.environ) -> str | None:
    """Read the stack's name, a dimension of its metrics. Returns None outside of a stack."""
    return environment.get(Variable.STACK)


Parser = Callable[[str], Any]
LIBRARY: dict[str, tuple[str, Parser]] = {
    "originals_bucket": (Variable.ORIGINALS_BUCKET, parsers.non_empty),
    "renditions_bucket": (Variable.RENDITIONS_BUCKET, parsers.non_empty),
    "table": (Variable.TABLE, parsers.non_empty),
    "originals_prefix": (Variable.ORIGINALS_PREFIX, parsers.prefix),
}
WORKER: dict[str, tuple[str, Parser]] = {
    **LIBRARY,
    "topic_arn": (Variable.TOPIC_ARN, parsers.non_empty),
    "inbox_prefix": (Variable.INBOX_PREFIX, parsers.prefix),
    "inbox_pattern": (Variable.INBOX_PATTERN, parsers.inbox_pattern),
    "renditions": (Variable.RENDITIONS, parsers.recipe),
    "maximum_receives": (Variable.MAXIMUM_RECEIVES, parsers.positive_int),
    "decoder_memory": (MEMORY, parsers.decoder_memory),
    "postscript_function": (Variable.POSTSCRIPT_FUNCTION, parsers.optional_text),
}
API: dict[str, tuple[str, Parser]] = {
    **LIBRARY,
    "renditions_origin": (Variable.RENDITIONS_ORIGIN, parsers.endpoint),
    "signed_url_seconds": (Variable.SIGNED_URL_SECONDS, parsers.seconds),
    "queue_url": (Variable.QUEUE_URL, parsers.non_empty),
    "sign_in": (Variable.SIGN_IN, parsers.sign_in),
}
REKOGNITION: dict[str, tuple[str, Parser]] = {
    "monthly_images": (Variable.REKOGNITION_MONTHLY_IMAGES, parsers.positive_int),
}
STORE: dict[str, tuple[str, Parser]] = {
    "endpoint": (Variable.S3_ENDPOINT, parsers.endpoint),
    "region": (Variable.S3_REGION, parsers.region),
    "access_key": (Variable.S3_ACCESS_KEY, parsers.non_empty),
    "secret_key": (Variable.S3_SECRET_KEY, parsers.non_empty),
}


def _read(environment: Mapping[str, str], wanted: Mapping[str, tuple[str, Parser]]) -> dict[str, Any]:
    found, faults = {}, []
    for name, (variable, read) in wanted.items():
        try:
            found[name] = read(environment.get(variable, ""))
        except ValueError as fault:
            found_instead = repr(environment[variable]) if variable in environment else "not set"
            faults.append(f"{variable} is {found_instead}; it takes {fault}")
    if faults:
        raise SettingsError("; ".join(faults))
    return found
