"""Sends events in S3's format, as far as the worker reads them, for changes without an event."""

import json
from typing import Any
from urllib.parse import quote_plus

from function.values.objects import ObjectVersion
from local.library.library import Library

CREATED, REMOVED = "ObjectCreated:Put", "ObjectRemoved:Delete"


def enqueue(library: Library, kind: str, original: ObjectVersion) -> None:
    """Send the event of a change to the library's queue; the original's key is the full key in the bucket."""
    body = json.dumps({"Records": [_record(kind, library.originals_bucket, original)]})
    library.aws.sqs.send_message(QueueUrl=library.queue_url, MessageBody=body)


def _record(kind: str, bucket: str, original: ObjectVersion) -> dict[str, Any]:
    described = {
        "key": quote_plus(original.key, safe="/"),
        "versionId": original.version_id,
        "sequencer": original.sequencer,
    }
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "eventTime": original.uploaded.isoformat(),
        "eventName": kind,
        "s3": {"bucket": {"name": bucket, "arn": f"arn:aws:s3:::{bucket}"}, "object": described},
    }
