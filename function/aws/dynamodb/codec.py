"""Encodes photos as items of the table, and decodes them."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

from function.contract.table import PARTITION, SHELF, SHELF_ORDER, SORT
from function.index.keys import photo_id
from function.index.shelves import shelf, sort_key
from function.values.analysis import Label
from function.values.annotations import Annotations
from function.values.description import Confidence, Metadata, Precision
from function.values.history import HistoryEntry
from function.values.objects import Rendition
from function.values.photo import Photo, State

Item = dict[str, Any]
SORT_KEY = "photo"
KEYS = (PARTITION, SORT, SHELF, SHELF_ORDER)
# Names of date sources in items of earlier releases.
UPLOAD = "upload"
OLD_SOURCES = {
    "exif": "exif.original",
    "exif digitized": "exif.digitized",
    "exif modified": "exif.modified",
    "xmp created": "xmp.created",
    "uploaded": UPLOAD,
}
TIMES = ("taken", "uploaded", "updated", "asked")


def key(identifier: str) -> Item:
    """Return the key of the item of the photo with this id."""
    return {PARTITION: {"S": f"photo#{identifier}"}, SORT: {"S": SORT_KEY}}


def to_item(photo: Photo) -> Item:
    """Encode a photo as DynamoDB's typed attributes. Fields that are None are left out."""
    shelf_keys = {SHELF: {"S": shelf(photo)}, SHELF_ORDER: {"S": sort_key(photo)}}
    return {**key(photo_id(photo.key)), **_to_attributes(photo), **shelf_keys}


def from_item(item: Mapping[str, Any]) -> Photo:
    """Decode the photo of an item. Unknown attributes are ignored."""
    plain = {name: _from_attribute_value(value) for name, value in item.items() if name not in KEYS}
    _upgrade(plain)
    precision = _precision(plain)
    for name in TIMES:
        plain[name] = _parse_time(plain.get(name))
    words = {**plain.pop("words", {})}
    words["albums"] = tuple(words.get("albums", ()))
    return Photo(
        **{
            **_known_fields(Photo, plain),
            "state": State(plain["state"]),
            "taken_confidence": Confidence(plain["taken_confidence"]) if "taken_confidence" in plain else None,
            "taken_precision": precision,
            "metadata": _metadata(plain.pop("metadata", {})),
            "words": Annotations(**_known_fields(Annotations, words)),
            "colours": tuple(plain.get("colours", ())),
            "labels": tuple(map(_label, plain["labels"])) if "labels" in plain else None,
            "stale": tuple(plain.get("stale", ())),
            "stale_postings": tuple(plain.get("stale_postings", ())),
            "ledger": tuple(_history_entry(entry) for entry in plain.get("ledger", ())),
            "renditions": tuple(Rendition(**_known_fields(Rendition, entry)) for entry in plain.get("renditions", ())),
        }
    )


def _metadata(plain: Mapping[str, Any]) -> Metadata:
    lists = {name: tuple(plain.get(name, ())) for name in ("keywords", "people")}
    given = {**_known_fields(Metadata, plain), **lists, "taken": _parse_time(plain.get("taken"))}
    return Metadata(**{**given, "taken_source": _source(plain), "taken_precision": _precision(plain)})


def _upgrade(plain: Item) -> None:
    """Upgrade an item of an earlier release in place: it had the time of the upload for an unknown date."""
    plain["taken_source"] = _source(plain)
    if plain["taken_source"] == UPLOAD:
        plain["taken"] = None


def _source(plain: Mapping[str, Any]) -> str | None:
    source = plain.get("taken_source")
    return OLD_SOURCES.get(source, source) if source else None


def _precision(plain: Mapping[str, Any]) -> Precision | None:
    """Return the precision of a date. None in items of earlier releases, which had no precision."""
    return Precision(plain["taken_precision"]) if plain.get("taken_precision") else None


def _history_entry(plain: Mapping[str, Any]) -> HistoryEntry:
    return HistoryEntry(datetime.fromisoformat(plain["when"]), plain["what"], plain.get("detail"))


def _label(plain: Mapping[str, Any]) -> Label:
    return Label(plain["name"], plain["confidence"], tuple(plain["parents"]))


def _to_attributes(value: Any) -> Item:
    """Encode the fields of a dataclass that are not None, in one pass, because each photo is written three times."""
    found = ((name, getattr(value, name)) for name in _field_names(value.__class__))
    return {name: _to_attribute_value(inner) for name, inner in found if inner is not None}


def _to_attribute_value(value: Any) -> Item:
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int | float):
        return {"N": str(value)}
    if isinstance(value, datetime):
        return {"S": value.isoformat()}
    if isinstance(value, tuple):
        return {"L": [_to_attribute_value(inner) for inner in value]}
    return {"M": _to_attributes(value)}


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _from_attribute_value(typed: Item) -> Any:
    ((kind, value),) = typed.items()
    if kind == "N":
        return float(value) if "." in value or "E" in value.upper() else int(value)
    if kind == "L":
        return [_from_attribute_value(inner) for inner in value]
    return {name: _from_attribute_value(inner) for name, inner in value.items()} if kind == "M" else value


def _parse_time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _known_fields(kind: type, attributes: Mapping[str, Any]) -> dict[str, Any]:
    # Attributes that a later release wrote are ignored, so that this one can read its items.
    names = _field_names(kind)
    return {name: value for name, value in attributes.items() if name in names}
