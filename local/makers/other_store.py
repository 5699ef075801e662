"""How the declared buckets are made in another store: what every store has, and what some have."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local.emulator.process import StartError
from local.makers import s3
from local.store.choice import Choice

Made = tuple[str, dict[str, Any]]
REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
ABSENT = {"404", "NoSuchBucket"}


def make(choice: Choice, type_token: str, name: str, inputs: dict[str, Any]) -> Made:
    """Make what is declared of a bucket; what is not in the table is left to whoever runs the store.

    Raises StartError where the store cannot be reached, or refuses.
    """
    try:
        return MAKERS.get(type_token, _left)(choice, name, inputs)
    except ClientError as error:
        reason = _explained(error.response["ResponseMetadata"].get("HTTPStatusCode"))
    except BotoCoreError:
        reason = "its answer was cut off or is no S3 store's; check S3_ENDPOINT"
    raise StartError(f"the store at {choice.aws.endpoint} cannot be used: {reason}")


def _explained(status: int | None) -> str:
    """Say why a store refused a call, and what to check."""
    if status in REFUSED:
        return "it refuses these keys, or they lack rights; check S3_ACCESS_KEY, S3_SECRET_KEY and S3_REGION"
    if status == HTTPStatus.CONFLICT:
        return "a bucket of this name belongs to someone else; name others with S3_ORIGINALS and S3_RENDITIONS"
    return f"it does not answer as an S3 store does (status {status}); check S3_ENDPOINT"


def _bucket(choice: Choice, name: str, inputs: dict[str, Any]) -> Made:
    name = inputs.get("bucket", name)
    try:
        choice.aws.s3.head_bucket(Bucket=name)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ABSENT:
            raise
        s3.create(choice.aws, name)
    return s3.made(choice.aws, name)


def _versioning(choice: Choice, name: str, inputs: dict[str, Any]) -> Made:
    try:
        return s3.versioning(choice.aws, name, inputs)
    except ClientError:
        return name, {}  # the run says so where its owner looks: not every store keeps versions


def _notification(choice: Choice, name: str, inputs: dict[str, Any]) -> Made:
    if not choice.target:
        return name, {}  # the store's changes are found by listing, or its webhook is set for all of it
    queues = [{**queue, "queueArn": choice.target} for queue in inputs["queues"]]
    return s3.notification(choice.aws, name, {**inputs, "queues": queues})


def _left(_choice: Choice, name: str, _inputs: dict[str, Any]) -> Made:
    return name, {}


MAKERS: dict[str, Callable[[Choice, str, dict[str, Any]], Made]] = {
    "aws:s3/bucket:Bucket": _bucket,
    "aws:s3/bucketVersioning:BucketVersioning": _versioning,
    "aws:s3/bucketNotification:BucketNotification": _notification,
}


def keeps_versions(choice: Choice, bucket: str) -> bool:
    """Whether the bucket keeps what is deleted or replaced."""
    try:
        return choice.aws.s3.get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled"
    except ClientError:
        return False
