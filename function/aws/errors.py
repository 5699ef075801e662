"""What of AWS's errors is a fault of the world, so that the services need not know botocore."""

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
    """Turn errors of AWS into WorldError, named by the service."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise ServiceUnavailableError(f"{service}: {error_code(error)}") from error


def error_code(error: Exception) -> str:
    """AWS's code for the error, which says nothing about whose photo it was."""
    if isinstance(error, ClientError):
        return str(error.response["Error"]["Code"])
    return type(error).__name__


def is_conditional_check_failed(error: ClientError) -> bool:
    """Whether the error says that a condition of the write, or of one write among others, does not hold."""
    reasons = error.response.get("CancellationReasons", ())
    return error_code(error) == CONDITION or any(
        reason.get("Code") == CONDITION.removesuffix("Exception") for reason in reasons
    )


def is_cancelled(error: ClientError) -> bool:
    """Whether the error says that a transaction was not done: one of its writes could not be, now or at all."""
    return error_code(error) == CANCELLED


def is_not_found(error: ClientError) -> bool:
    """Whether the error says that there is no such object; a delete marker counts as none."""
    return error_code(error) in NOT_FOUND_CODES


def is_beyond_end(error: ClientError) -> bool:
    """Whether the error says that the object ends before the range that was asked for: it has no bytes."""
    return error_code(error) in BEYOND_END_CODES


def is_precondition_failed(error: ClientError) -> bool:
    """Whether the error says that the object is not the one that was thought to be there."""
    return error_code(error) in PRECONDITION_FAILED_CODES
