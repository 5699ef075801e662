"""A photo as an item: each value in DynamoDB's own type, and back again unchanged."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from boto3.dynamodb.types import TypeDeserializer

from function.aws import items
from function.values import Confidence, Entry, Metadata, Photo, Precision, Rendition, State

WHEN = datetime(2024, 5, 1, 8, 30, tzinfo=timezone(timedelta(hours=2)))
PHOTO = Photo(
    key="2024/a b.jpg",
    state=State.READY,
    sequencer="0A",
    bytes=12,
    taken=WHEN,
    taken_confidence=Confidence.HIGH,
    uploaded=datetime(2024, 5, 2, tzinfo=UTC),
    colours=("#000000", "#ffffff"),
    metadata=Metadata(aperture=2.8, latitude=-0.00001, iso=100, keywords=("sea", "fog"), taken=WHEN),
    renditions=(Rendition("512", "512/2024/a b.jpg.jpg", 512, 384, 9, "image/jpeg", "512-80-jpeg"),),
    ledger=(Entry(WHEN, "received"), Entry(WHEN, "rendered", "512")),
    settled=True,
    revision=3,
)


def test_an_item_becomes_the_photo_that_it_was_made_of() -> None:
    for photo in (PHOTO, replace(PHOTO, settled=False, stale=("512/x.jpg",), metadata=Metadata())):
        assert items.from_item(items.to_item(photo)) == photo


def test_what_is_not_known_is_not_in_the_item() -> None:
    item = items.to_item(Photo(key="a.jpg", state=State.FAILED, sequencer="1"))
    assert "reason" not in item
    assert set(item["metadata"]["M"]) == {"keywords", "people"}


def test_each_value_has_the_type_that_dynamodb_keeps_it_in() -> None:
    item = items.to_item(PHOTO)
    assert item["settled"] == {"BOOL": True}
    assert item["bytes"] == {"N": "12"}
    assert item["taken"] == {"S": "2024-05-01T08:30:00+02:00"}
    assert item["colours"] == {"L": [{"S": "#000000"}, {"S": "#ffffff"}]}
    assert item["ledger"]["L"][0]["M"] == {"when": {"S": WHEN.isoformat()}, "what": {"S": "received"}}
    # DynamoDB's own reader takes every number, however small.
    assert float(TypeDeserializer().deserialize(item["metadata"])["latitude"]) == PHOTO.metadata.latitude


def test_the_precision_of_a_date_is_kept() -> None:
    dated = replace(
        PHOTO, taken_precision=Precision.MONTH, metadata=Metadata(taken=WHEN, taken_precision=Precision.YEAR)
    )
    assert items.from_item(items.to_item(dated)) == dated


@pytest.mark.parametrize(
    ("old", "new"), [("exif", "exif.original"), ("exif modified", "exif.modified"), ("gps", "gps"), ("name", "name")]
)
def test_an_item_of_an_earlier_release_is_read(old: str, new: str) -> None:
    item = items.to_item(replace(PHOTO, taken_source=old))
    found = items.from_item(item)
    assert (found.taken, found.taken_source, found.taken_precision) == (WHEN, new, None)


def test_an_earlier_release_had_the_uploads_time_for_a_date() -> None:
    found = items.from_item(items.to_item(replace(PHOTO, taken_source="uploaded")))
    assert (found.taken, found.taken_source) == (None, "upload")
