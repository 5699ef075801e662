"""Acts as the owner who annotates a photo by the api, and processes the tasks that the api sends to the worker."""

import json
from typing import Any

from PIL import Image

from function.bootstrap import adapters, clients
from function.bootstrap import api as bootstrap_api
from function.handlers import worker
from function.index.keys import photo_id
from function.index.postings import keys
from function.values.annotations import Annotations
from tests.function.conftest import ORIGINALS, TABLE, Cloud, batch, s3_event
from tests.support.api_client import ask
from tests.support.pictures import encoded, quarters
from tests.support.tagging import sidecar

KEY = "originals/a.jpg"
WORDS = Annotations("By the sea", favourite=True, albums=("Summer", "Best of"))
ASKED = {"caption": "By the sea", "favourite": True, "albums": ["Summer", "Best of"]}
TURNED = encoded(Image.fromarray(quarters()[::-1, ::-1].copy()), "JPEG").getvalue()
SIDECAR = sidecar('xmp:Rating="4"')


def handle(event: dict[str, Any]) -> None:
    assert worker.handle(batch(event), None) == {"batchItemFailures": []}


def write(key: str = "a.jpg", **words: Any) -> Any:
    return ask("PATCH /photos/{id}", content=json.dumps(words or ASKED), id=photo_id(key))


def process_tasks() -> None:
    """Let the worker process all messages that the api has sent to its queue."""
    queue, url = clients.client("sqs"), bootstrap_api.settings().queue_url
    while found := queue.receive_message(QueueUrl=url).get("Messages"):
        for message in found:
            handle(json.loads(message["Body"]))
            queue.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


def uploaded(cloud: Cloud, sequencer: str = "01", content: bytes | None = None) -> dict[str, Any]:
    return s3_event(KEY, cloud.put(KEY, content), sequencer)


def deleted(cloud: Cloud, sequencer: str = "02") -> dict[str, Any]:
    cloud.s3.delete_object(Bucket=ORIGINALS, Key=KEY)
    return s3_event(KEY, None, sequencer, name="ObjectRemoved:DeleteMarkerCreated")


def written(cloud: Cloud) -> None:
    """Upload a photo, annotate it, and process the tasks."""
    handle(uploaded(cloud))
    assert write()["statusCode"] == 200
    process_tasks()


def lose(cloud: Cloud) -> None:
    for item in cloud.dynamodb.scan(TableName=TABLE)["Items"]:
        cloud.dynamodb.delete_item(TableName=TABLE, Key={name: item[name] for name in ("pk", "sk")})


def words(cloud: Cloud) -> Annotations:
    """Return the owner's annotations in the index, and check that they are settled, posted and recorded."""
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.settled
    assert cloud.posted("a.jpg") == keys(photo)
    record = adapters.records().load("a.jpg")
    assert record
    assert record.words == photo.words
    return photo.words
