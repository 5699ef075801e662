"""The child: `python -m function.sandbox DESCRIPTOR MEMORY [TASK...]`, started by its parent alone."""

import io
import pkgutil
import resource
import signal
import sys
import traceback
from multiprocessing.connection import Connection

from function.errors import PhotoError
from function.sandbox import messages
from function.sandbox.messages import Answer, Call, Kind, NotAMessageError, Read
from function.seeking import SeekingFile

# A read asks for at least so much, because headers are read in small pieces; and for so much at most at once.
LEAST, MOST = 16 << 10, 8 << 20


class RemotePhoto(SeekingFile):
    """The photo, read through the parent."""

    def __init__(self, connection: Connection, length: int) -> None:
        self._connection, self._length = connection, length

    def readall(self) -> bytes:
        """Read to the end."""
        parts = []
        while part := self._some(self._length - self._at):
            parts.append(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _some(self, size: int) -> bytes:
        size = min(size, MOST, self._length - self._at)
        if size <= 0:
            return b""
        messages.send(self._connection, Read(self._at, size))
        found = self._connection.recv_bytes()
        self._at += len(found)
        return found


def main(arguments: list[str]) -> None:
    """Answer one call after the other, until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, whose end ends this process
    descriptor, memory, *preload = arguments
    connection = Connection(int(descriptor))
    for task in preload:
        pkgutil.resolve_name(task)
    _limit(int(memory))
    while True:
        try:
            answer = _answer(connection, messages.receive(connection))
        except (EOFError, ConnectionError):
            return
        except NotAMessageError as error:
            answer = Answer(Kind.FAULT, f"the call cannot be sent: {error}")
        messages.send(connection, answer)


def _limit(memory: int) -> None:
    """Hold the process to its memory, and let it write no file and leave no core."""
    for kind, most in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _answer(connection: Connection, call: Call) -> Answer:
    photo = io.BufferedReader(RemotePhoto(connection, call.length), LEAST)
    try:
        return Answer(Kind.RETURNED, pkgutil.resolve_name(call.task)(photo, *call.arguments))
    except PhotoError as error:
        return Answer(Kind.RAISED, error)
    except MemoryError:
        return Answer(Kind.RAISED, _too_large())
    except Exception:  # noqa: BLE001 - the parent decides what becomes of it
        return Answer(Kind.FAULT, traceback.format_exc())


def _too_large() -> PhotoError:
    from function.errors import TooLargeError

    return TooLargeError("The photo takes more memory than there is. Make a smaller version, or give the worker more.")


if __name__ == "__main__":
    main(sys.argv[1:])
