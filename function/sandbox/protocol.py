"""Defines the messages between parent and child: MessagePack, decoded to declared types alone.

A compromised decoder can send any bytes. They are decoded to one of these messages, of the declared types and bounds,
or raise NotAMessageError. No message names a class or a function of the parent.
"""

from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

import msgspec

from function import errors
from function.errors import PhotoError

T = TypeVar("T")
Received = TypeVar("Received", bound=msgspec.Struct)

# The bounds of one read. Headers are read in small pieces, so that less than the lower bound would cost many messages.
LEAST_READ_BYTES, MOST_READ_BYTES = 16 << 10, 8 << 20
# More than the renditions of any allowed recipe.
MOST_MESSAGE_BYTES = 512 << 20
MOST_REASON_CHARACTERS = 500
# Types that are sent unchanged. Times are sent as text, which keeps their UTC offset.
NATIVE_TYPES = (bytes,)
PHOTO_ERRORS = {
    name: found for name, found in vars(errors).items() if isinstance(found, type) and issubclass(found, PhotoError)
}


class NotAMessageError(Exception):
    """Signals received bytes that are not a valid message."""


class Call(msgspec.Struct, frozen=True, tag="call"):
    """Sent by the parent: the task's name, the photo's length in bytes, and the task's other arguments."""

    task: str
    length: int
    arguments: msgspec.Raw


class Read(msgspec.Struct, frozen=True, tag="read"):
    """Sent by the child: requests `size` bytes of the photo from offset `at`."""

    at: int
    size: int


class Returned(msgspec.Struct, frozen=True, tag="returned"):
    """Sent by the child: the task returned this value."""

    value: msgspec.Raw


class Raised(msgspec.Struct, frozen=True, tag="raised"):
    """Sent by the child: the task raised the PhotoError of this name, with this reason."""

    error: str
    reason: str


class Fault(msgspec.Struct, frozen=True, tag="fault"):
    """Sent by the child: the task raised another exception; `trace` is its stack trace."""

    trace: str


def send(connection: Connection, message: msgspec.Struct) -> None:
    """Send a message."""
    connection.send_bytes(msgspec.msgpack.encode(message))


def receive(connection: Connection, decoder: "msgspec.msgpack.Decoder[Received]") -> Received:
    """Receive one of the decoder's messages. Raises EOFError at the connection's end, else NotAMessageError."""
    try:
        return decoder.decode(connection.recv_bytes(MOST_MESSAGE_BYTES))
    except EOFError:
        raise
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotAMessageError(str(error)) from error


def validate_read(read: Read, length: int) -> Read:
    """Return the read of a photo of `length` bytes. Raises NotAMessageError where it is out of bounds."""
    if not (0 <= read.at < length and 0 < read.size <= min(MOST_READ_BYTES, length - read.at)):
        raise NotAMessageError(f"a read of {read.size} bytes at {read.at} of {length}")
    return read


def pack(value: Any) -> msgspec.Raw:
    """Encode a value. Raises NotAMessageError for types that cannot be encoded."""
    try:
        return msgspec.Raw(msgspec.msgpack.encode(msgspec.to_builtins(value, builtin_types=NATIVE_TYPES)))
    except (TypeError, ValueError, msgspec.MsgspecError) as error:
        raise NotAMessageError(str(error)) from error


def unpack(raw: msgspec.Raw, returns: type[T]) -> T:
    """Decode a value of the type `returns`. Raises NotAMessageError for any other type."""
    try:
        return msgspec.convert(msgspec.msgpack.decode(raw), returns, builtin_types=NATIVE_TYPES)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotAMessageError(str(error)) from error


def unpack_arguments(raw: msgspec.Raw, types: Sequence[Any]) -> Sequence[Any]:
    """Decode the leading arguments of a function with parameters of these types. Raises NotAMessageError."""
    values = unpack(raw, list[Any])
    given: tuple[Any, ...] = tuple(types[: len(values)])
    found: Sequence[Any] = msgspec.convert(values, tuple.__class_getitem__(given), builtin_types=NATIVE_TYPES)
    return found


def photo_error(raised: Raised) -> PhotoError:
    """Return the error that the child raised. Raises NotAMessageError for an unknown name."""
    found = PHOTO_ERRORS.get(raised.error)
    if not found:
        raise NotAMessageError("an error that is none of a photo's")
    return found(raised.reason[:MOST_REASON_CHARACTERS])


TO_CHILD = msgspec.msgpack.Decoder(Call)
TO_PARENT = msgspec.msgpack.Decoder(Read | Returned | Raised | Fault)
