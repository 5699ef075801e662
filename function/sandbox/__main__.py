"""Runs the child process: `python -m function.sandbox DESCRIPTOR MEMORY [TASK...]`. Only its parent starts it."""

import inspect
import io
import pkgutil
import resource
import signal
import sys
import traceback
import typing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from function.errors import PhotoError, TooLargeError
from function.files.seekable import SeekingFile
from function.sandbox import protocol
from function.sandbox.protocol import LEAST_READ_BYTES, MOST_READ_BYTES, Call, Fault, Raised, Read, Returned

TOO_LARGE = "The photo takes more memory than there is. Make a smaller version, or give the worker more."


class RemotePhoto(SeekingFile):
    """Reads the photo through the parent, as a file."""

    def __init__(self, connection: Connection, length: int) -> None:
        self._connection, self._length = connection, length

    def readall(self) -> bytes:
        """Read to the end."""
        parts = []
        while part := self._some(self._length - self._at):
            parts.append(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _some(self, size: int) -> bytes:
        size = min(size, MOST_READ_BYTES, self._length - self._at)
        if size <= 0:
            return b""
        protocol.send(self._connection, Read(self._at, size))
        found = self._connection.recv_bytes()
        self._at += len(found)
        return found


def main(arguments: list[str]) -> None:
    """Answer calls, one at a time, until the parent closes the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C; when it ends, so does this process
    descriptor, memory, *preload = arguments
    connection = Connection(int(descriptor))
    for task in preload:
        pkgutil.resolve_name(task)
    _limit(int(memory))
    while True:
        try:
            call = protocol.receive(connection, protocol.TO_CHILD)
            protocol.send(connection, _answer(connection, call))
        except (EOFError, ConnectionError):
            return


def _limit(memory: int) -> None:
    """Limit the memory of the process to `memory` bytes; forbid it to write files and core dumps."""
    for kind, most in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _answer(connection: Connection, call: Call) -> Returned | Raised | Fault:
    photo = io.BufferedReader(RemotePhoto(connection, call.length), LEAST_READ_BYTES)
    try:
        task = pkgutil.resolve_name(call.task)
        return Returned(protocol.pack(task(photo, *protocol.unpack_arguments(call.arguments, _types(task)))))
    except PhotoError as error:
        return Raised(type(error).__name__, str(error))
    except MemoryError:
        return Raised(TooLargeError.__name__, TOO_LARGE)
    except Exception:  # noqa: BLE001 - the parent handles every fault
        return Fault(traceback.format_exc())


def _types(task: Callable[..., Any]) -> list[Any]:
    """Return the types of the task's parameters after the photo."""
    hints = typing.get_type_hints(task)
    return [hints[name] for name in inspect.signature(task).parameters][1:]


if __name__ == "__main__":
    main(sys.argv[1:])
