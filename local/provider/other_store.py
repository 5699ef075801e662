"""Creates the declared buckets in another store, with the settings that S3-compatible stores have."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local.emulator.process import StartError
from local.external_store.config import StoreConfig
from local.provider import s3
from local.provider.result import Result

REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
ABSENT = {"404", "NoSuchBucket"}


def make(choice: StoreConfig, type_token: str, name: str, inputs: dict[str, Any]) -> Result:
    """Create or update a bucket or its setting; settings that are not in the table are left to the store's owner.

    Raises StartError if the store cannot be reached, or refuses the call.
    """
    try:
        return MAKERS.get(type_token, _skip)(choice, name, inputs)
    except ClientError as error:
        reason = _explain(error.response["ResponseMetadata"].get("HTTPStatusCode"))
    except BotoCoreError:
        reason = "its answer was cut off or is no S3 store's; check S3_ENDPOINT"
    raise StartError(f"the store at {choice.aws.endpoint} cannot be used: {reason}")


def _explain(status: int | None) -> str:
    """Return the reason why a store refused a call, and the variables to check."""
    if status in REFUSED:
        return "it refuses these keys, or they lack rights; check S3_ACCESS_KEY, S3_SECRET_KEY and S3_REGION"
    if status == HTTPStatus.CONFLICT:
        return "a bucket of this name belongs to someone else; name others with S3_ORIGINALS and S3_RENDITIONS"
    return f"it does not answer as an S3 store does (status {status}); check S3_ENDPOINT"


def _bucket(choice: StoreConfig, name: str, inputs: dict[str, Any]) -> Result:
    name = inputs.get("bucket", name)
    try:
        choice.aws.s3.head_bucket(Bucket=name)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ABSENT:
            raise
        s3.create(choice.aws, name)
    return s3.result(choice.aws, name)


def _versioning(choice: StoreConfig, name: str, inputs: dict[str, Any]) -> Result:
    try:
        return s3.versioning(choice.aws, name, inputs)
    except ClientError:
        return name, {}  # not every store keeps versions; the command prints a warning


def _notification(choice: StoreConfig, name: str, inputs: dict[str, Any]) -> Result:
    if not choice.target:
        return name, {}  # changes are found by listing, or the store's webhook is set for all buckets
    queues = [{**queue, "queueArn": choice.target} for queue in inputs["queues"]]
    return s3.notification(choice.aws, name, {**inputs, "queues": queues})


def _skip(_choice: StoreConfig, name: str, _inputs: dict[str, Any]) -> Result:
    return name, {}


MAKERS: dict[str, Callable[[StoreConfig, str, dict[str, Any]], Result]] = {
    "aws:s3/bucket:Bucket": _bucket,
    "aws:s3/bucketVersioning:BucketVersioning": _versioning,
    "aws:s3/bucketNotification:BucketNotification": _notification,
}


def keeps_versions(choice: StoreConfig, bucket: str) -> bool:
    """Tell whether the bucket keeps older versions."""
    try:
        return choice.aws.s3.get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled"
    except ClientError:
        return False
