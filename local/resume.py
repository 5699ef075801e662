"""Takes in again what the last run left unfinished: originals on the disk that the index does not know."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from function.keys import photo_id
from local.library import Library

if TYPE_CHECKING:
    from types_boto3_s3.type_defs import ObjectTypeDef

# Older than every sequencer of S3's: whatever S3 has told or will tell about the object counts more.
OLDEST = "0"


def take_in_again(library: Library) -> int:
    """Tell the queue of each original that the index does not know; returns how many there were."""
    pages = library.aws.s3.get_paginator("list_objects_v2")
    found = pages.paginate(Bucket=library.originals_bucket, Prefix=library.originals_prefix)
    return sum(_retell(library, page.get("Contents", ())) for page in found)


def _retell(library: Library, originals: Sequence["ObjectTypeDef"]) -> int:
    prefix = library.originals_prefix
    ids = {photo_id(original["Key"].removeprefix(prefix)): original for original in originals}
    known = {photo_id(photo.key) for photo in library.index.get_many(list(ids))}
    unknown = [original for identifier, original in ids.items() if identifier not in known]
    for original in unknown:
        message = json.dumps({"Records": [_record(library, original)]})
        library.aws.sqs.send_message(QueueUrl=library.queue_url, MessageBody=message)
    return len(unknown)


def _record(library: Library, original: "ObjectTypeDef") -> dict[str, Any]:
    """The event that S3 raised when the object was put, as far as the worker reads it."""
    bucket, key = library.originals_bucket, original["Key"]
    version = library.aws.s3.head_object(Bucket=bucket, Key=key).get("VersionId")
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": library.aws.region,
        "eventTime": datetime.now(UTC).isoformat(),
        "eventName": "ObjectCreated:Put",
        "s3": {
            "bucket": {"name": bucket, "arn": f"arn:aws:s3:::{bucket}"},
            "object": {
                "key": quote_plus(key, safe="/"),
                "size": original["Size"],
                "eTag": original["ETag"].strip('"'),
                "versionId": version,
                "sequencer": OLDEST,
            },
        },
    }
