import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends
from PIL import Image

from function.bootstrap import adapters, api, clients, worker
from function.contract.environment import Variable
from function.contract.table import LIST_PREFIX, PARTITION, RECORDS_PREFIX, SEPARATOR, SHELF, SHELF_ORDER, SHELVES, SORT
from function.index.keys import photo_id
from function.telemetry import log
from function.values.photo import Photo
from tests.support.pictures import encoded, quarters

EVENTS = Path(__file__).parent / "events"
REGION = "eu-west-1"
ORIGINALS, RENDITIONS, TABLE = "originals", "renditions", "index"
SIGN_IN = {"kind": "cognito", "endpoint": "https://cognito-idp.eu-west-1.amazonaws.com/", "client_id": "abc"}


@dataclass
class Cloud:
    """The services that the function talks to, in moto, and what was told on the topic."""

    s3: Any
    dynamodb: Any
    topic_arn: str

    @property
    def told(self) -> list[dict[str, str]]:
        """What was told on the topic: each event with the key of its photo."""
        return [{name: message[name] for name in ("event", "key")} for message in self.messages()]

    def messages(self) -> list[dict[str, Any]]:
        topic: Any = sns_backends[DEFAULT_ACCOUNT_ID][REGION].topics[self.topic_arn]
        return [json.loads(message) for _, message, *_ in topic.sent_notifications]

    def put(self, key: str, content: bytes | None = None) -> str:
        body = encoded(Image.fromarray(quarters()), "JPEG").getvalue() if content is None else content
        version: str = self.s3.put_object(Bucket=ORIGINALS, Key=key, Body=body)["VersionId"]
        return version

    def renditions(self) -> dict[str, str]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=RENDITIONS)
        found = [entry for page in pages for entry in page.get("Contents", ())]
        return {entry["Key"]: entry["ETag"] for entry in found if not entry["Key"].startswith(RECORDS_PREFIX)}

    def photo(self, key: str) -> Photo | None:
        return worker.ingest().index.get(photo_id(key))

    def posted(self, key: str) -> set[str]:
        """The keys of the postings that there are of this photo, whoever wrote them."""
        items = self.dynamodb.get_paginator("scan").paginate(TableName=TABLE).search("Items")
        found = {(item[PARTITION]["S"], item[SORT]["S"]) for item in items}
        lists = {(partition.removeprefix(LIST_PREFIX), order) for partition, order in found}
        return {SEPARATOR.join(of) for of in lists if of[1].endswith(f"#{photo_id(key)}")}


@pytest.fixture(autouse=True)
def _captured_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let caplog see the functions' lines, which otherwise go to standard error alone."""
    log.configure()
    monkeypatch.setattr(log.logger, "propagate", True)


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """Fresh buckets, table and topic, and an environment that names them."""
    environment = {
        "AWS_DEFAULT_REGION": REGION,
        Variable.ORIGINALS_BUCKET: ORIGINALS,
        Variable.RENDITIONS_BUCKET: RENDITIONS,
        Variable.TABLE: TABLE,
        Variable.ORIGINALS_PREFIX: "originals/",
        Variable.INBOX_PREFIX: "inbox/",
        Variable.INBOX_PATTERN: "{year}/{month}/{day}/{name}",
        Variable.RENDITIONS: json.dumps([{"size": 64, "quality": 80, "format": "jpeg"}, {"size": 32}]),
        Variable.RENDITIONS_ORIGIN: "https://renditions.s3.eu-west-1.amazonaws.com",
        Variable.SIGNED_URL_SECONDS: "900",
        Variable.MAXIMUM_RECEIVES: "3",
        Variable.SIGN_IN: json.dumps(SIGN_IN),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        made = Cloud(clients.client("s3"), clients.client("dynamodb"), _topic())
        queue = clients.client("sqs").create_queue(QueueName="intake")
        monkeypatch.setenv(Variable.QUEUE_URL, queue["QueueUrl"])
        monkeypatch.setenv(Variable.TOPIC_ARN, made.topic_arn)
        _make_buckets(made.s3)
        _make_table(made.dynamodb)
        forget()
        yield made
    forget()


def _topic() -> str:
    arn: str = clients.client("sns").create_topic(Name="events")["TopicArn"]
    return arn


def _make_buckets(s3: Any) -> None:
    for bucket in (ORIGINALS, RENDITIONS):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket=ORIGINALS, VersioningConfiguration={"Status": "Enabled"})


def _make_table(dynamodb: Any) -> None:
    keys = (PARTITION, SORT, SHELF, SHELF_ORDER)
    dynamodb.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        KeySchema=[
            {"AttributeName": PARTITION, "KeyType": "HASH"},
            {"AttributeName": SORT, "KeyType": "RANGE"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": SHELVES,
                "KeySchema": [
                    {"AttributeName": SHELF, "KeyType": "HASH"},
                    {"AttributeName": SHELF_ORDER, "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )


def forget() -> None:
    """Start cold: what bootstrap made belongs to the test before, but for what takes long to make."""
    for module in (clients, adapters, api, worker):
        for made in vars(module).values():
            if hasattr(made, "cache_clear") and made is not clients.client:
                made.cache_clear()


def record(key: str, version: str | None, sequencer: str, name: str = "ObjectCreated:Put") -> dict[str, Any]:
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": REGION,
        "eventTime": "2026-01-02T03:04:05.678Z",
        "eventName": name,
        "s3": {
            "bucket": {"name": ORIGINALS},
            "object": {"key": quote_plus(key, safe="/"), "versionId": version, "sequencer": sequencer},
        },
    }


def batch(*bodies: Any) -> dict[str, Any]:
    """An event of the queue with a message per body."""
    texts = (body if isinstance(body, str) else json.dumps(body) for body in bodies)
    return {"Records": [{"messageId": str(number), "body": text} for number, text in enumerate(texts)]}


def s3_event(*arguments: Any, **named: Any) -> dict[str, Any]:
    return {"Records": [record(*arguments, **named)]}
