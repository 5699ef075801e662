"""What the sandbox's tests let its child do."""

import ctypes
import os
import pickle
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from function.errors import TooLargeError
from function.sandbox.protocol import Call, Raised, Read, Returned
from function.values import State


def length(photo: BinaryIO, factor: int = 1) -> int:
    return len(photo.read()) * factor


def part(photo: BinaryIO, at: int, size: int) -> bytes:
    photo.seek(at)
    return photo.read(size)


def crash(photo: BinaryIO) -> None:
    ctypes.string_at(0)


def leave(photo: BinaryIO) -> None:
    os._exit(3)


def hang(photo: BinaryIO) -> None:
    time.sleep(600)


def hoard(photo: BinaryIO) -> int:
    return len(bytearray(1 << 30))


def environment(photo: BinaryIO) -> list[str]:
    return sorted(os.environ)


def write(photo: BinaryIO) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"a")


def refuse(photo: BinaryIO) -> None:
    raise TooLargeError("too large")


def stumble(photo: BinaryIO) -> None:
    raise KeyError("a mistake")


class Evil:
    def __reduce__(self) -> Any:
        return os.system, ("touch /tmp/owned",)


def read(at: int, size: int) -> bytes:
    return msgspec.msgpack.encode(Read(at, size))


# Messages of a decoder that was taken over, of a photo of LENGTH bytes.
LENGTH = 102_400
BETRAYALS = {
    "a pickle": pickle.dumps(Evil()),
    "no message": b"\xc1",
    "nothing": b"",
    "text that is none": msgspec.msgpack.encode({"type": "fault", "trace": 1}),
    "a call": msgspec.msgpack.encode(Call("os:system", 0, msgspec.Raw(b"\x90"))),
    "a read before the beginning": read(-1, 10),
    "a read behind the end": read(LENGTH, 1),
    "a read over the end": read(LENGTH - 10, 11),
    "a read of all that there is, and more": read(0, 1 << 40),
    "a read of nothing": read(0, 0),
    "a read that counts backwards": read(10, -5),
    "a value of another type": msgspec.msgpack.encode(Returned(msgspec.Raw(msgspec.msgpack.encode("a text")))),
    "an error that is none of a photo's": msgspec.msgpack.encode(Raised("GoneError", "gone")),
}


def betray(photo: BinaryIO, name: str) -> int:
    connection = photo.raw._connection  # type: ignore[attr-defined]
    connection.send_bytes(BETRAYALS[name])
    time.sleep(600)
    return 0


def mistype(photo: BinaryIO) -> str:
    return "a text"


def echo(photo: BinaryIO, when: datetime) -> datetime:
    return when


def boast(photo: BinaryIO) -> None:
    raise TooLargeError("a" * 100_000)


def loaded(photo: BinaryIO) -> list[str]:
    return sorted(sys.modules)


def state(photo: BinaryIO) -> State:
    return State.READY


def resident(photo: BinaryIO) -> int:
    """The child's memory in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
