"""Takes in again what the last run left unfinished: originals on the disk that the index does not know."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from function.keys import photo_id
from local.library import Library

if TYPE_CHECKING:
    from types_boto3_s3.type_defs import ObjectVersionTypeDef

# Older than every sequencer of S3's: whatever S3 has told or will tell about the object counts more.
OLDEST = "0"
WAITING = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


def take_in_again(library: Library) -> int:
    """Tell the queue of each original whose newest version the index does not know; returns how many there were."""
    if not (library.interrupted or _messages(library)):
        return 0
    pages = library.aws.s3.get_paginator("list_object_versions")
    found = pages.paginate(Bucket=library.originals_bucket, Prefix=library.originals_prefix)
    newest = ([version for version in page.get("Versions", ()) if version["IsLatest"]] for page in found)
    return sum(_retell(library, page) for page in newest)


def _messages(library: Library) -> int:
    """How many messages wait, or were in the hands of a worker when the last run stopped."""
    attributes = library.aws.client("sqs").get_queue_attributes(QueueUrl=library.queue_url, AttributeNames=WAITING)
    return sum(int(attributes["Attributes"][name]) for name in WAITING)


def _retell(library: Library, originals: Sequence["ObjectVersionTypeDef"]) -> int:
    keys = [original["Key"].removeprefix(library.originals_prefix) for original in originals]
    known = {photo.key: photo for photo in library.index.get_many([photo_id(key) for key in keys])}
    told = 0
    for key, original in zip(keys, originals, strict=True):
        photo = known.get(key)
        if not photo or photo.version_id != original["VersionId"]:
            record = _record(library, original, photo.sequencer if photo else OLDEST)
            library.aws.sqs.send_message(QueueUrl=library.queue_url, MessageBody=json.dumps({"Records": [record]}))
            told += 1
    return told


def _record(library: Library, original: "ObjectVersionTypeDef", sequencer: str) -> dict[str, Any]:
    """The event that S3 raised when the object was put, as far as the worker reads it."""
    bucket = library.originals_bucket
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": library.aws.region,
        "eventTime": original["LastModified"].isoformat(),
        "eventName": "ObjectCreated:Put",
        "s3": {
            "bucket": {"name": bucket, "arn": f"arn:aws:s3:::{bucket}"},
            "object": {
                "key": quote_plus(original["Key"], safe="/"),
                "size": original["Size"],
                "eTag": original["ETag"].strip('"'),
                "versionId": original["VersionId"],
                "sequencer": sequencer,
            },
        },
    }
