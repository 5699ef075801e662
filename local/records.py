"""The events that S3 raises, as far as the worker reads them, for changes of which nobody else told."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from function.values import Original
from local.library import Library

CREATED, REMOVED = "ObjectCreated:Put", "ObjectRemoved:Delete"


def tell(library: Library, kind: str, original: Original) -> None:
    """Put the event of a change into the library's queue; the original's key is the whole one."""
    tell_of(library, [_record(kind, library.originals_bucket, original)])


def tell_of(library: Library, records: list[dict[str, Any]]) -> None:
    """Put events of S3's shape into the library's queue."""
    library.aws.sqs.send_message(QueueUrl=library.queue_url, MessageBody=json.dumps({"Records": records}))


def sequencer(moment: datetime) -> int:
    """A sequencer, as stores make them: the nanoseconds since 1970; hexadecimal in an event."""
    return int(moment.timestamp() * 1_000_000) * 1000


def _record(kind: str, bucket: str, original: Original) -> dict[str, Any]:
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
