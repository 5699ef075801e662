"""What parent and child say to each other; what comes from the child is not trusted to be any other than this."""

import io
import pickle
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from typing import Any

from function import contract, errors, values

# A decoder that was taken over could send anything: only these are made of it, and none of them does anything.
MODULES = (contract, errors, values)
OTHERS = {"datetime": ("datetime", "timedelta", "timezone", "date")}


class Kind(StrEnum):
    """How a call ended."""

    RETURNED = "returned"
    RAISED = "raised"
    FAULT = "fault"


class NotAMessageError(Exception):
    """What came is none of the messages."""


@dataclass(frozen=True)
class Call:
    """A function by its name, how many bytes its photo has, and its other arguments."""

    task: str
    length: int
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Read:
    """Asks for so many bytes from this place of the photo on."""

    at: int
    size: int


@dataclass(frozen=True)
class Answer:
    """The end of a call: what it returned, the PhotoError that it raised, or the stack trace of any other fault."""

    kind: Kind
    value: Any


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = _ALLOWED.get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is nothing that is sent here")
        return found


def _classes() -> dict[tuple[str, str], Any]:
    own = {
        (module.__name__, name): value
        for module in MODULES
        for name, value in vars(module).items()
        if isinstance(value, type) and value.__module__ == module.__name__
    }
    times = {(module, name): getattr(__import__(module), name) for module, names in OTHERS.items() for name in names}
    return {**own, **times, **{(__name__, kind.__name__): kind for kind in (Kind, Call, Read, Answer)}}


_ALLOWED = _classes()


def send(connection: Connection, message: Call | Read | Answer) -> None:
    """Send a message."""
    connection.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))


def receive(connection: Connection) -> Any:
    """Receive a message. Raises EOFError when the other side is gone, NotAMessageError for anything else that comes."""
    content = connection.recv_bytes()
    try:
        return _Unpickler(io.BytesIO(content)).load()
    except Exception as error:
        raise NotAMessageError(str(error)) from error
