"""How the declared buckets are made in another store: what every store has, and what some have."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local.emulator.process import StartError
from local.external_store.config import StoreConfig
from local.provider import s3

Made = tuple[str, dict[str, Any]]
ABSENT = {"404", "NoSuchBucket"}


def make(choice: StoreConfig, type_token: str, name: str, inputs: dict[str, Any]) -> Made:
    """Make what is declared of a bucket; what is not in the table is left to whoever runs the store.

    Raises StartError where the store cannot be reached, or refuses.
    """
    try:
        return MAKERS.get(type_token, _left)(choice, name, inputs)
    except ClientError as error:
        reason = f"{error.operation_name} was refused: {error.response['Error'].get('Message') or error}"
    except BotoCoreError as error:
        reason = str(error)
    raise StartError(f"the store at {choice.aws.endpoint} cannot be used; {reason}")


def _bucket(choice: StoreConfig, name: str, inputs: dict[str, Any]) -> Made:
    name = inputs.get("bucket", name)
    try:
        choice.aws.s3.head_bucket(Bucket=name)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ABSENT:
            raise
        s3.create(choice.aws, name)
    return s3.made(choice.aws, name)


def _versioning(choice: StoreConfig, name: str, inputs: dict[str, Any]) -> Made:
    try:
        return s3.versioning(choice.aws, name, inputs)
    except ClientError:
        return name, {}  # the run says so where its owner looks: not every store keeps versions


def _notification(choice: StoreConfig, name: str, inputs: dict[str, Any]) -> Made:
    if not choice.target:
        return name, {}  # the store's changes are found by listing, or its webhook is set for all of it
    queues = [{**queue, "queueArn": choice.target} for queue in inputs["queues"]]
    return s3.notification(choice.aws, name, {**inputs, "queues": queues})


def _left(_choice: StoreConfig, name: str, _inputs: dict[str, Any]) -> Made:
    return name, {}


MAKERS: dict[str, Callable[[StoreConfig, str, dict[str, Any]], Made]] = {
    "aws:s3/bucket:Bucket": _bucket,
    "aws:s3/bucketVersioning:BucketVersioning": _versioning,
    "aws:s3/bucketNotification:BucketNotification": _notification,
}


def keeps_versions(choice: StoreConfig, bucket: str) -> bool:
    """Whether the bucket keeps what is deleted or replaced."""
    try:
        return choice.aws.s3.get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled"
    except ClientError:
        return False
