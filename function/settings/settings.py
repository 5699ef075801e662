"""What the stack tells its functions; the sole reader of the environment."""

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
    """The environment lacks something or holds what is not taken; the message names every fault."""


@dataclass(frozen=True)
class WorkerSettings:
    """What the worker needs to know; `decoder_memory` in bytes, `postscript_function` where PostScript is drawn."""

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
    """What the api needs to know; `sign_in` is what the gallery gets to know of where to sign in."""

    originals_bucket: str
    renditions_bucket: str
    table: str
    originals_prefix: str
    signed_url_seconds: int
    queue_url: str
    sign_in: dict[str, str]


@dataclass(frozen=True)
class RekognitionSettings:
    """How many photos Rekognition is asked about in a month."""

    monthly_images: int


@dataclass(frozen=True)
class Store:
    """Another store than S3, in which the buckets lie."""

    endpoint: str
    region: str
    access_key: str
    secret_key: str = field(repr=False)


def worker(environment: Mapping[str, str] = os.environ) -> WorkerSettings:
    """The worker's settings. Raises SettingsError with all faults at once."""
    found = WorkerSettings(**_read(environment, WORKER))
    if found.originals_prefix.startswith(found.inbox_prefix) or found.inbox_prefix.startswith(found.originals_prefix):
        # What the inbox empties into would lie in the inbox again.
        raise SettingsError(
            f"{Variable.INBOX_PREFIX} is {found.inbox_prefix!r}; it takes one apart from the originals'"
        )
    return found


def api(environment: Mapping[str, str] = os.environ) -> ApiSettings:
    """The api's settings. Raises SettingsError with all faults at once."""
    found = _read(environment, API)
    if ENDPOINT in environment and found["sign_in"]["kind"] == "cognito":
        found["sign_in"] = {**found["sign_in"], "endpoint": f"{environment[ENDPOINT].rstrip('/')}/"}
    return ApiSettings(**found)


def is_function(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this process is a function, and not a test or a check that looks at one's modules."""
    return FUNCTION in environment


def has_own_endpoint(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the functions talk to an endpoint of one's own, the embedded AWS, instead of AWS."""
    return ENDPOINT in environment


def store(environment: Mapping[str, str] = os.environ) -> Store | None:
    """The store that the buckets lie in, where that is not S3. Raises SettingsError with all faults at once."""
    return Store(**_read(environment, STORE)) if environment.get(Variable.S3_ENDPOINT) else None


def rekognition(environment: Mapping[str, str] = os.environ) -> RekognitionSettings | None:
    """What photos are looked at for, where they are. Raises SettingsError with all faults at once."""
    return (
        RekognitionSettings(**_read(environment, SIGHT))
        if environment.get(Variable.REKOGNITION_MONTHLY_IMAGES)
        else None
    )


def stack(environment: Mapping[str, str] = os.environ) -> str | None:
    """The stack's name, for its metrics; a function that runs by itself has none, and keeps none."""
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
    "signed_url_seconds": (Variable.SIGNED_URL_SECONDS, parsers.seconds),
    "queue_url": (Variable.QUEUE_URL, parsers.non_empty),
    "sign_in": (Variable.SIGN_IN, parsers.sign_in),
}
SIGHT: dict[str, tuple[str, Parser]] = {
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
