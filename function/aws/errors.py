"""Translates botocore's errors into the services' own, and classifies them by their codes."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from function.errors import ServiceUnavailableError

CONDITION = "ConditionalCheckFailedException"
CANCELLED = "TransactionCanceledException"
PRECONDITION_FAILED_CODES = {"PreconditionFailed", "412"}
BEYOND_END_CODES = {"InvalidRange", "416"}
NOT_FOUND_CODES = {"404", "NoSuchKey", "NoSuchVersion", "NotFound", "MethodNotAllowed", "405"}


@contextmanager
def translating_errors(service: str) -> Iterator[None]:
    """Translate botocore's errors inside the block into ServiceUnavailableError, with service and code."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise ServiceUnavailableError(f"{service}: {error_code(error)}") from error


def error_code(error: Exception) -> str:
    """Return AWS's code of the error. Unlike the message, it names no object."""
    if isinstance(error, ClientError):
        return str(error.response["Error"]["Code"])
    return type(error).__name__


def is_conditional_check_failed(error: ClientError) -> bool:
    """Check whether a condition of the write, or of one write of a transaction, did not hold."""
    reasons = error.response.get("CancellationReasons", ())
    return error_code(error) == CONDITION or any(
        reason.get("Code") == CONDITION.removesuffix("Exception") for reason in reasons
    )


def is_cancelled(error: ClientError) -> bool:
    """Check whether a transaction was cancelled, by a condition or by another writer."""
    return error_code(error) == CANCELLED


def is_not_found(error: ClientError) -> bool:
    """Check whether the object does not exist. A delete marker counts as none."""
    return error_code(error) in NOT_FOUND_CODES


def is_beyond_end(error: ClientError) -> bool:
    """Check whether the requested range starts behind the object's end."""
    return error_code(error) in BEYOND_END_CODES


def is_precondition_failed(error: ClientError) -> bool:
    """Check whether a condition on the object's ETag or existence did not hold."""
    return error_code(error) in PRECONDITION_FAILED_CODES
