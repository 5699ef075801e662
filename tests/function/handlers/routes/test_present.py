"""What the API shows of a photo, by fakes: each field, with its type."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from unittest.mock import Mock, call

import msgspec

from function.handlers.routes import present
from function.index.keys import photo_id
from function.service.browse.related import Related
from function.values.analysis import Label
from function.values.annotations import Annotations
from function.values.description import Confidence, Metadata
from function.values.history import HistoryEntry
from function.values.objects import Rendition
from function.values.photo import Photo, State

TAKEN = datetime(2024, 5, 6, 7, 8, 9, tzinfo=timezone(timedelta(hours=2)))
RENDITIONS = tuple(
    Rendition(name, f"{name}/a.jpg.jpg", int(name), int(name), 100, "image/jpeg") for name in ("512", "256")
)
PHOTO = Photo(
    "a.jpg",
    State.READY,
    "01",
    format="jpeg",
    bytes=5,
    width=512,
    height=512,
    taken=TAKEN,
    taken_source="exif original",
    taken_confidence=Confidence.HIGH,
    uploaded=TAKEN.astimezone(UTC),
    colours=("#102030",),
    metadata=Metadata(make="Canon", aperture=2.8, iso=100, city="Bergen", caption="By the file", keywords=("Rain",)),
    words=Annotations("By the sea", favourite=True, albums=("Summer",)),
    labels=(Label("Dog", 98.1, ("Animal",)), Label("Beach", 80.0)),
    renditions=RENDITIONS,
    ledger=(HistoryEntry(TAKEN, "received"), HistoryEntry(TAKEN, "dated", "by exif original")),
)
OTHER = Photo("b.jpg", State.READY, "01", renditions=RENDITIONS)
BARE = Photo("c.mov", State.UNSUPPORTED, "01", reason="This is no photo.")
RELATED = Related((OTHER,), ((OTHER, 3),), (BARE,), photo_id("b.jpg"))


def sign(key: str) -> str:
    return f"https://renditions.example/{key}?signed"


def shown(model: msgspec.Struct) -> Any:
    """The JSON of a model, whose fields have their types."""
    encoded = msgspec.json.encode(model)
    assert msgspec.json.decode(encoded, type=type(model)) == model
    return json.loads(encoded)


def test_a_photo_is_shown_with_all_that_is_known_of_it() -> None:
    found = shown(present.detail(PHOTO, RELATED, sign))
    assert found["taken"] == "2024-05-06T07:08:09+02:00"
    assert found["uploaded"] == "2024-05-06T05:08:09+00:00"
    assert (found["taken_confidence"], found["state"]) == ("high", "ready")
    assert (found["caption"], found["metadata"]["caption"]) == ("By the sea", "By the file")
    assert found["terms"]["keyword"] == ["Rain"]
    assert found["labels"][0] == {"name": "Dog", "confidence": 98.1, "parents": ["Animal"]}
    assert found["ledger"][0] == {"when": "2024-05-06T07:08:09+02:00", "what": "received", "detail": None}
    assert found["renditions"][1]["url"] == sign("256/a.jpg.jpg")


def test_related_photos_are_shown_in_short() -> None:
    found = shown(present.detail(PHOTO, RELATED, sign))
    other = {"id": photo_id("b.jpg"), "key": "b.jpg", "thumbnail": sign("256/a.jpg.jpg")}
    bare = {"id": photo_id("c.mov"), "key": "c.mov", "thumbnail": None, "format": None}
    assert found["duplicates"] == [other]
    assert found["near_duplicates"] == [{**other, "bits": 3}]
    assert found["stack"] == {"cover": photo_id("b.jpg"), "others": [bare]}


def test_a_photo_of_which_nothing_is_known_is_shown() -> None:
    found = shown(present.detail(BARE, Related((), (), (), photo_id("c.mov")), sign))
    assert (found["taken"], found["width"], found["metadata"]["make"]) == (None, None, None)
    assert (found["labels"], found["renditions"], found["stack"]) == ([], [], None)


def test_an_object_that_two_sizes_share_is_signed_once() -> None:
    shared = Photo("a.jpg", State.READY, "01", renditions=(RENDITIONS[0], RENDITIONS[0], RENDITIONS[1]))
    signing = Mock(side_effect=sign)
    present.photo(shared, signing)
    assert sorted(signing.call_args_list) == [call("256/a.jpg.jpg"), call("512/a.jpg.jpg")]
