"""Decodes the parameters and the body of a request into typed values."""

import re
from typing import TypeVar, get_args, get_type_hints

import msgspec

from function.errors import RequestError
from function.handlers.http.request import Request

Model = TypeVar("Model", bound=msgspec.Struct)
# Where msgspec names the field of a fault: `Expected ... - at `$.albums[0]``.
FIELD = re.compile(r"at `\$\.(\w+)")
UNKNOWN_FIELD = re.compile(r"unknown field `(.*)`", re.DOTALL)
# The name of an unknown field is repeated in the answer up to this many characters.
LONGEST_NAME = 100


def body(request: Request, model: type[Model]) -> Model:
    """Return the JSON body as the model. Raises RequestError, which names the field and what it takes."""
    fields = request.json
    if not isinstance(fields, dict) or not fields:
        raise RequestError(f"Send a JSON object with one or more of {_names(model)}.")
    try:
        return msgspec.convert(fields, model)
    except msgspec.ValidationError as error:
        raise RequestError(_explained(str(error), model)) from None


def _explained(fault: str, model: type[msgspec.Struct]) -> str:
    """Say which field has the fault and what it takes, in the words of the model instead of the library's."""
    if unknown := UNKNOWN_FIELD.search(fault):
        return f"{unknown[1][:LONGEST_NAME]} cannot be written. The fields are {_names(model)}."
    field = FIELD.search(fault)
    return f"{field[1]} takes {takes(model, field[1])}." if field else f"Send a JSON object with {_names(model)}."


def takes(model: type[msgspec.Struct], field: str) -> str:
    """The description of a field, out of its annotation: it completes the sentence `field takes ...`."""
    return _meta(get_type_hints(model, include_extras=True)[field]).description or "another value"


def _meta(annotation: object) -> msgspec.Meta:
    for part in (annotation, *get_args(annotation)):
        for found in getattr(part, "__metadata__", ()):
            if isinstance(found, msgspec.Meta):
                return found
    return msgspec.Meta()


def _names(model: type[msgspec.Struct]) -> str:
    return ", ".join(model.__struct_encode_fields__)
