"""Turns the protocol's structs into plain values and back; unknown values of a preview stay what they are."""

from typing import Any

from google.protobuf import json_format, struct_pb2
from pulumi.runtime.rpc import UNKNOWN


def read(struct: Any) -> dict[str, Any]:
    """Return the struct as a dictionary; whole numbers become integers."""
    return dict(_whole(json_format.MessageToDict(struct)))


def write(values: dict[str, Any]) -> struct_pb2.Struct:
    """Return the dictionary as a struct, without the keys that have no value."""
    struct = struct_pb2.Struct()
    struct.update({key: value for key, value in values.items() if value is not None})
    return struct


def has_unknown(value: Any) -> bool:
    """Tell whether something within the value becomes known only when the update runs."""
    if isinstance(value, dict):
        return any(map(has_unknown, value.values()))
    if isinstance(value, list):
        return any(map(has_unknown, value))
    return bool(value == UNKNOWN)


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
