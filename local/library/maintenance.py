"""Runs maintenance of the whole library by the declared state machine, and waits until the worker is done."""

import json
import time
from collections.abc import Sequence
from typing import Any

from tqdm import tqdm

from function.contract.environment import Variable
from function.contract.table import PARTITION, RECORDS_PREFIX, SORT
from function.index.keys import full_key
from function.index.shelves import FAILED
from function.service.history import GIVEN_UP
from function.values.photo import Photo
from local.library import outdated
from local.library.library import Library

POLL_SECONDS = 0.2
# The queue's counts lag behind: it is empty after this many polls without messages.
EMPTY_POLLS = 5
RUNNING = "RUNNING"
BEFORE_ALL, BEHIND_ALL = "0", "~"
PAGE = 200
# SQS's limit of messages in one call.
BATCH = 10


class UpkeepError(Exception):
    """The state machine failed; the message has its cause."""


def run(library: Library, task: str) -> None:
    """Start the state machine with a task of the contract, and wait for its messages. Raises UpkeepError."""
    if library.store:
        _ask_for_each(library, task)
        return
    # With labels, only the worker can tell whether a photo is complete, so every photo is sent to it.
    if task == "backfill" and Variable.REKOGNITION_MONTHLY_IMAGES not in library.environment:
        _backfill(library)
        return
    client = library.aws.client("stepfunctions")
    started = client.start_execution(stateMachineArn=library.upkeep_arn, input=json.dumps({"task": task}))
    while (execution := client.describe_execution(executionArn=started["executionArn"]))["status"] == RUNNING:
        time.sleep(POLL_SECONDS)
    if execution["status"] != "SUCCEEDED":
        raise UpkeepError(f"{task} ended as {execution['status'].lower()}: {execution.get('cause', 'no reason given')}")
    wait(library)


def wait(library: Library) -> None:
    """Wait until no message is left for the worker."""
    empty, most = 0, library.waiting()
    with tqdm(desc="processed", total=most, unit="message", disable=None if most else True) as bar:
        while empty < EMPTY_POLLS:
            waiting = library.waiting()
            empty = 0 if waiting else empty + 1
            bar.total = most = max(most, waiting)
            bar.update(most - waiting - bar.n)
            time.sleep(POLL_SECONDS)


def forget(library: Library) -> int:
    """Empty the index, which can be rebuilt. Returns the number of deleted items."""
    table = library.environment[Variable.TABLE]
    pages = library.aws.dynamodb.get_paginator("scan").paginate(
        TableName=table, ProjectionExpression=f"{PARTITION}, {SORT}"
    )
    keys: list[dict[str, Any]] = [item for page in pages for item in page["Items"]]
    for found in keys:
        library.aws.dynamodb.delete_item(TableName=table, Key=found)
    return len(keys)


def replay(library: Library) -> int:
    """Retry all photos that failed after several tries. Returns their number."""
    given_up = [photo for photo in _failed_photos(library) if (photo.reason or "").startswith(GIVEN_UP)]
    for photo in given_up:
        ask(library, "reprocess", [full_key(library.originals_prefix, photo.key)])
    wait(library)
    return len(given_up)


def _backfill(library: Library) -> None:
    wait(library)
    keys = outdated.keys(library)
    for start in range(0, len(keys), BATCH):
        bodies = [json.dumps({"task": "backfill", "keys": [key]}) for key in keys[start:][:BATCH]]
        entries: Any = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies)]
        library.aws.sqs.send_message_batch(QueueUrl=library.queue_url, Entries=entries)
    if keys:
        wait(library)


def _ask_for_each(library: Library, task: str) -> None:
    """Send the state machine's tasks for another store's buckets, which it cannot list."""
    originals = (library.originals_bucket, library.originals_prefix, "backfill" if task == "rebuild" else task)
    inbox = (library.originals_bucket, library.environment[Variable.INBOX_PREFIX], "backfill")
    records = (library.environment[Variable.RENDITIONS_BUCKET], RECORDS_PREFIX, task)
    for bucket, prefix, sent_task in (*((records,) if task == "rebuild" else ()), originals, inbox):
        for page in library.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            ask(library, sent_task, [found["Key"] for found in page.get("Contents", ())])
        wait(library)


def ask(library: Library, task: str, keys: Sequence[str]) -> None:
    """Send the worker a message with a task for each of these full keys."""
    for start in range(0, len(keys), BATCH):
        bodies = [json.dumps({"task": task, "keys": [key]}) for key in keys[start : start + BATCH]]
        entries: Any = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies)]
        library.aws.sqs.send_message_batch(QueueUrl=library.queue_url, Entries=entries)


def _failed_photos(library: Library) -> list[Photo]:
    found: list[Photo] = []
    after = None
    while True:
        page = library.index.shelf(FAILED, first=BEFORE_ALL, last=BEHIND_ALL, after=after, limit=PAGE)
        found += page.photos
        if not page.after:
            return found
        after = page.after
