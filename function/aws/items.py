"""A photo as an item of the table, and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from function.contract import PARTITION, SHELF, SHELF_ORDER, SORT
from function.keys import photo_id
from function.shelves import place, shelf
from function.values import Confidence, Entry, Label, Metadata, Photo, Rendition, State

Item = dict[str, Any]
SORT_KEY = "photo"
KEYS = (PARTITION, SORT, SHELF, SHELF_ORDER)
TIMES = ("taken", "uploaded", "updated", "asked")

_serialize = TypeSerializer().serialize
_deserialize = TypeDeserializer().deserialize


def key(identifier: str) -> Item:
    """The key of the item of the photo with this id."""
    return {PARTITION: {"S": f"photo#{identifier}"}, SORT: {"S": SORT_KEY}}


def to_item(photo: Photo) -> Item:
    """The photo as DynamoDB's typed attributes; what is not known is left out."""
    stood = {SHELF: shelf(photo), SHELF_ORDER: place(photo)}
    attributes = {**_plain(asdict(photo)), **stood}
    return {**key(photo_id(photo.key)), **{name: _serialize(value) for name, value in attributes.items()}}


def from_item(item: Mapping[str, Any]) -> Photo:
    """The photo of an item."""
    plain = {name: _number(_deserialize(value)) for name, value in item.items() if name not in KEYS}
    for name in TIMES:
        plain[name] = _time(plain.get(name))
    metadata = {**plain.pop("metadata", {})}
    metadata["taken"] = _time(metadata.get("taken"))
    metadata["keywords"] = tuple(metadata.get("keywords", ()))
    return Photo(
        **{
            **_known(Photo, plain),
            "state": State(plain["state"]),
            "taken_confidence": Confidence(plain["taken_confidence"]) if "taken_confidence" in plain else None,
            "metadata": Metadata(**_known(Metadata, metadata)),
            "colours": tuple(plain.get("colours", ())),
            "labels": tuple(map(_label, plain["labels"])) if "labels" in plain else None,
            "stale": tuple(plain.get("stale", ())),
            "stale_postings": tuple(plain.get("stale_postings", ())),
            "ledger": tuple(_entry(entry) for entry in plain.get("ledger", ())),
            "renditions": tuple(Rendition(**_known(Rendition, entry)) for entry in plain.get("renditions", ())),
        }
    )


def _entry(plain: Mapping[str, Any]) -> Entry:
    return Entry(datetime.fromisoformat(plain["when"]), plain["what"], plain.get("detail"))


def _label(plain: Mapping[str, Any]) -> Label:
    return Label(plain["name"], plain["confidence"], tuple(plain["parents"]))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return Decimal(str(value)) if isinstance(value, float) else value


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {name: _number(inner) for name, inner in value.items()}
    return [_number(inner) for inner in value] if isinstance(value, list) else value


def _time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _known(kind: type, attributes: Mapping[str, Any]) -> dict[str, Any]:
    # An attribute that a later release wrote does not stop this one from reading the item.
    names = {found.name for found in fields(kind)}
    return {name: value for name, value in attributes.items() if name in names}
