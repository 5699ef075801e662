"""Brings the whole library up to date, through the declared state machine, and waits until the worker is done."""

import json
import time
from collections.abc import Sequence
from typing import Any

from tqdm import tqdm

from function.contract import PARTITION, RECORDS_PREFIX, SORT, Variable
from function.keys import whole
from function.service.ledger import GIVEN_UP
from function.shelves import FAILED
from function.values import Photo
from local import outdated
from local.library import Library

POLL_SECONDS = 0.2
# The queue's figures lag behind: it is empty when it was so for several looks.
LOOKS = 5
RUNNING = "RUNNING"
BEFORE_ALL, BEHIND_ALL = "0", "~"
PAGE = 200
# As many messages as SQS takes in one call.
SENT_AT_ONCE = 10


class UpkeepError(Exception):
    """The state machine did not come to its end; the message says what it said."""


def run(library: Library, task: str) -> None:
    """Start the state machine with a task of the contract, and wait until all that it asked for is done."""
    if library.store:
        _ask_for_each(library, task)
        return
    # Whoever asks for labels asks for them for each photo, which the worker alone can tell.
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
    looks, most = 0, library.waiting()
    with tqdm(desc="worked off", total=most, unit="message", disable=None if most else True) as bar:
        while looks < LOOKS:
            waiting = library.waiting()
            looks = 0 if waiting else looks + 1
            bar.total = most = max(most, waiting)
            bar.update(most - waiting - bar.n)
            time.sleep(POLL_SECONDS)


def forget(library: Library) -> int:
    """Empty the index, which can be made again; returns how many items there were."""
    table = library.environment[Variable.TABLE]
    pages = library.aws.dynamodb.get_paginator("scan").paginate(
        TableName=table, ProjectionExpression=f"{PARTITION}, {SORT}"
    )
    keys: list[dict[str, Any]] = [item for page in pages for item in page["Items"]]
    for found in keys:
        library.aws.dynamodb.delete_item(TableName=table, Key=found)
    return len(keys)


def replay(library: Library) -> int:
    """Have all that was given up tried again; returns how many photos that were."""
    given_up = [photo for photo in _failed(library) if (photo.reason or "").startswith(GIVEN_UP)]
    for photo in given_up:
        ask(library, "reprocess", [whole(library.originals_prefix, photo.key)])
    wait(library)
    return len(given_up)


def _backfill(library: Library) -> None:
    wait(library)
    keys = outdated.keys(library)
    for start in range(0, len(keys), SENT_AT_ONCE):
        bodies = [json.dumps({"task": "backfill", "keys": [key]}) for key in keys[start:][:SENT_AT_ONCE]]
        entries: Any = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies)]
        library.aws.sqs.send_message_batch(QueueUrl=library.queue_url, Entries=entries)
    if keys:
        wait(library)


def _ask_for_each(library: Library, task: str) -> None:
    """Do what the state machine does, which can list no bucket but S3's."""
    originals = (library.originals_bucket, library.originals_prefix, "backfill" if task == "rebuild" else task)
    inbox = (library.originals_bucket, library.environment[Variable.INBOX_PREFIX], "backfill")
    records = (library.environment[Variable.RENDITIONS_BUCKET], RECORDS_PREFIX, task)
    for bucket, prefix, asked in (*((records,) if task == "rebuild" else ()), originals, inbox):
        for page in library.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            ask(library, asked, [found["Key"] for found in page.get("Contents", ())])
        wait(library)


def ask(library: Library, task: str, keys: Sequence[str]) -> None:
    """Send the worker a message with a task for each of these whole keys."""
    for start in range(0, len(keys), SENT_AT_ONCE):
        bodies = [json.dumps({"task": task, "keys": [key]}) for key in keys[start : start + SENT_AT_ONCE]]
        entries: Any = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies)]
        library.aws.sqs.send_message_batch(QueueUrl=library.queue_url, Entries=entries)


def _failed(library: Library) -> list[Photo]:
    found: list[Photo] = []
    after = None
    while True:
        page = library.index.shelf(FAILED, first=BEFORE_ALL, last=BEHIND_ALL, after=after, limit=PAGE)
        found += page.photos
        if not page.after:
            return found
        after = page.after
