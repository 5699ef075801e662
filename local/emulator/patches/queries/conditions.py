"""Parses a key condition into bounds of the sort key."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from ministack.services import dynamodb

from local.emulator.patches import prefixes
from local.emulator.patches.queries.orders import BEHIND, Place

Token = tuple[str, str]
# From the kinds of a condition's tokens to the bounds for its values.
EVERYTHING: tuple[Place, Place] = ((), (BEHIND,))
COMPARED: dict[str, Callable[[Any], tuple[Place, Place]]] = {
    "EQ": lambda value: ((value,), (value, BEHIND)),
    "LT": lambda value: ((), (value,)),
    "LE": lambda value: ((), (value, BEHIND)),
    "GT": lambda value: ((value, BEHIND), (BEHIND,)),
    "GE": lambda value: ((value,), (BEHIND,)),
}
BETWEEN = ["NAME", "BETWEEN", "VALUE", "AND", "VALUE"]
BEGINS_WITH = ["BEGINS_WITH", "LPAREN", "NAME", "COMMA", "VALUE", "RPAREN"]


@dataclass(frozen=True)
class Bounds:
    """A range of a partition: all places from `first` on and before `end`."""

    partition: Hashable
    first: Place
    end: Place


def bounds(data: dict[str, Any], hash_name: str, range_name: str, kind: str) -> Bounds | None:
    """Return the bounds of a Query's key condition; None if it is not supported here."""
    names, given = data.get("ExpressionAttributeNames") or {}, data.get("ExpressionAttributeValues") or {}
    clauses = dynamodb._key_condition_clauses(dynamodb._tokenize(data.get("KeyConditionExpression") or ""))
    read = [_read(clause, names) for clause in clauses]
    of_hash = [clause for clause in read if clause.name == hash_name and clause.shape == ["NAME", "EQ", "VALUE"]]
    of_range = [clause for clause in read if clause.name == range_name]
    if len(of_hash) != 1 or len(of_range) > 1 or len(of_hash) + len(of_range) != len(read):
        return None
    partition = given.get(of_hash[0].values[0])
    if not (isinstance(partition, dict) and len(partition) == 1):
        return None
    within = _within(of_range[0], given, kind) if of_range else EVERYTHING
    return within and Bounds(dynamodb._extract_key_val(partition), *within)


@dataclass(frozen=True)
class _Clause:
    name: str
    shape: list[str]
    values: list[str]


def _read(clause: list[Token], names: dict[str, str]) -> _Clause:
    shape, found, values = [], [], []
    for kind, text in clause:
        if kind == "IDENT" and text.upper() in {"BETWEEN", "AND"}:
            shape.append(text.upper())
        elif kind == "IDENT" and text == "begins_with":
            shape.append("BEGINS_WITH")
        elif kind in {"IDENT", "NAME_REF"}:
            shape.append("NAME")
            found.append(names.get(text, "") if kind == "NAME_REF" else text)
        elif kind == "VALUE_REF":
            shape.append("VALUE")
            values.append(text)
        else:
            shape.append(kind)
    return _Clause(found[0] if len(found) == 1 else "", shape, values)


def _within(clause: _Clause, given: dict[str, Any], kind: str) -> tuple[Place, Place] | None:
    typed = [given.get(name) for name in clause.values]
    if not all(isinstance(value, dict) and list(value) == [kind] for value in typed):
        return None
    values = [dynamodb._sort_key_value(value, kind) for value in typed]
    if len(clause.shape) == len(["NAME", "EQ", "VALUE"]) and clause.shape[::2] == ["NAME", "VALUE"]:
        compare = COMPARED.get(clause.shape[1])
        return compare(values[0]) if compare else None
    if clause.shape == BETWEEN:
        return (values[0],), (values[1], BEHIND)
    if clause.shape == BEGINS_WITH and kind == "S":
        end = prefixes.end(values[0])
        return (values[0],), (BEHIND if end is None else end,)
    return None
