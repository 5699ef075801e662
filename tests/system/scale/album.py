"""Writes a library of any size into the index, as the worker does."""

import http.client
import json
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from function.aws.dynamodb import codec
from function.aws.dynamodb import postings as dynamodb_postings
from function.index.postings import postings
from function.values.description import Confidence, Metadata
from function.values.objects import Rendition
from function.values.photo import Photo, State
from tests.system.scale.emulated import REGION

FIRST_DAY = datetime(2019, 5, 6, tzinfo=UTC)
PER_DAY = 100
STATES = {0: State.PARTIAL, 1: State.FAILED}
CITIES, LENSES = 10, 7
CHUNK, AT_ONCE = 500, 25
# DynamoDB Local reads only the access key of a signature, which selects the tables.
HEADERS = {
    "X-Amz-Target": "DynamoDB_20120810.BatchWriteItem",
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Date": "20260101T000000Z",
    "Authorization": (
        f"AWS4-HMAC-SHA256 Credential=local/20260101/{REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
    ),
}


def photo(number: int) -> Photo:
    """Return one of a hundred photos per day: RAW with JPEG, all of one camera, one in ten partial, one failed."""
    taken = FIRST_DAY + timedelta(days=number // PER_DAY, minutes=number % PER_DAY)
    key = f"{taken:%Y/%m/%d}/IMG_{number // 2:06}.{('NEF', 'JPG')[number % 2]}"
    shown = Photo(
        key=key,
        state=STATES.get(number % 10, State.READY),
        sequencer="0" * 64,
        version_id="v" * 32,
        format=("raw", "jpeg")[number % 2],
        bytes=25_000_000,
        etag=f"{number // 3:032x}",
        width=6048,
        height=4024,
        taken=taken,
        taken_source="exif",
        taken_confidence=Confidence.HIGH,
        uploaded=taken,
        updated=taken,
        recipe="2048-82-jpeg,1024-80-jpeg,512-80-jpeg,256-80-jpeg",
        placeholder="A" * 60,
        phash=f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}",
        colours=("#102030",) * 5,
        metadata=_metadata(number),
        renditions=tuple(
            Rendition(f"{size}", f"{size}/{key}.jpg", size, size * 2 // 3, size * 100, "image/jpeg")
            for size in (2048, 1024, 512, 256)
        ),
        settled=True,
        revision=2,
    )
    return shown if shown.state != State.FAILED else replace(shown, reason="The file ends too early.", renditions=())


def _metadata(number: int) -> Metadata:
    return Metadata(
        make="NIKON CORPORATION",
        model="NIKON Z 6",
        lens=f"NIKKOR Z {number % LENSES + 20}mm f/1.8 S",
        exposure="1/250",
        aperture=5.6,
        iso=200,
        focal_length=35,
        latitude=60.39,
        longitude=5.32,
        city=f"City {number % CITIES}",
        region="Vestland",
        country="Norway",
        rating=number % 6,
        keywords=("holiday", f"word {number % CITIES}"),
    )


def fill(endpoint: str, table: str, photos: int) -> int:
    """Write `count` photos with their postings. Returns the number of items."""
    parts = [range(start, min(photos, start + CHUNK)) for start in range(0, photos, CHUNK)]
    with ProcessPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        return sum(pool.map(partial(_write, endpoint, table), parts))


def _write(endpoint: str, table: str, numbers: range) -> int:
    found = [{"PutRequest": {"Item": item}} for number in numbers for item in items_of(photo(number))]
    connection = http.client.HTTPConnection(urlsplit(endpoint).netloc)
    for start in range(0, len(found), AT_ONCE):
        body = json.dumps({"RequestItems": {table: found[start:][:AT_ONCE]}})
        connection.request("POST", "/", body, HEADERS)
        answer = connection.getresponse()
        said = json.loads(answer.read())
        if said.get("UnprocessedItems") != {}:
            raise RuntimeError(f"not all was written: {said}")
    connection.close()
    return len(found)


def items_of(of: Photo) -> Iterator[dict[str, Any]]:
    """Yield the photo's item and its postings, as the worker writes them."""
    yield codec.to_item(of)
    yield from map(dynamodb_postings.item, postings(of))
