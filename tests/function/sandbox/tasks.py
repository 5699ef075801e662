"""What the sandbox's tests let its child do."""

import ctypes
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, BinaryIO

from function.errors import TooLargeError
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


def betray(photo: BinaryIO) -> Any:
    return Evil()


def loaded(photo: BinaryIO) -> list[str]:
    return sorted(sys.modules)


def state(photo: BinaryIO) -> State:
    return State.READY


def resident(photo: BinaryIO) -> int:
    """The child's memory in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
