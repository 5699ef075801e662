"""The process of the decoders, as its parent sees it: started when needed, ended when a photo has taken it over.

The child has no credentials and writes no files; it reads the photo through its parent, in the ranges that it asks for.
"""

import os
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from socket import socketpair
from threading import RLock
from typing import Any, BinaryIO, TypeVar

from function.errors import BrokenImageError, PhotoError
from function.sandbox import protocol
from function.sandbox.protocol import Call, Fault, NotAMessageError, Raised, Read, Returned
from function.sandbox.tasks import Task

T = TypeVar("T")
Answer = Returned | Raised | Fault

# Variables of the parent's environment that the child gets.
INHERITED = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "TZ", "VIPS_CONCURRENCY")
# Seconds within which a child that has hung up is gone.
PATIENCE = 5.0
# glibc gives each thread an arena and keeps what it has grown to: so pixels go back to the system when they are let go.
ALLOCATION = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": str(4 << 20)}
ADVICE = "The photo is most likely broken; upload the file again, or convert it."


class FaultError(Exception):
    """The child failed for a reason that is not the photo's; the message is its stack trace."""


@dataclass(frozen=True)
class Limits:
    """What one photo may take: `seconds` of decoding, `memory` in bytes of the child."""

    seconds: float = 30.0
    memory: int = 2 << 30


class Sandbox:
    """One child process, started when it is first needed, and again when a photo has cost it its life."""

    def __init__(self, limits: Limits | None = None, preload: tuple[str, ...] = ()) -> None:
        """Set the limits, and name objects to import at the start, such as `package.module:function`."""
        self._limits = limits or Limits()
        self._preload = preload
        self._child: _Child | None = None
        # Whose turn it is with the child; whoever has it can call.
        self.turn = RLock()

    def start(self) -> None:
        """Start the child ahead of its first photo."""
        if not self._child:
            self._child = _Child(self._limits, self._preload)
            weakref.finalize(self, self._child.kill)

    def call(self, task: Task[T], photo: BinaryIO, *arguments: Any) -> T:
        """Run a task with the photo and further arguments, in the child; one at a time.

        Raises what it raises of PhotoError, BrokenImageError for a crash, a hang or an answer of another type, and
        FaultError for any other exception.
        """
        with self.turn:
            self.start()
            assert self._child
            try:
                outcome = self._child.run(task, photo, arguments, self._limits.seconds)
            except BaseException:
                self.close()  # whatever it was busy with, the next photo finds a child that is not
                raise
        if isinstance(outcome, PhotoError | FaultError):
            raise outcome
        return outcome

    def close(self) -> None:
        """End the child."""
        if self._child:
            self._child.kill()
            self._child = None


class _Child:
    def __init__(self, limits: Limits, preload: tuple[str, ...]) -> None:
        ours, theirs = socketpair()
        command = [sys.executable, "-BPm", "function.sandbox", str(theirs.fileno()), str(limits.memory), *preload]
        environment = {name: os.environ[name] for name in INHERITED if name in os.environ} | ALLOCATION
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)  # the same modules as here, wherever they lie
        self._process = subprocess.Popen(command, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        self._connection = Connection(ours.detach())

    def run(
        self, task: Task[T], photo: BinaryIO, arguments: tuple[Any, ...], seconds: float
    ) -> T | PhotoError | FaultError:
        """Send the call, serve its reads, and wait for its end; the time that reading takes is not counted.

        Returns what the task returned or raised. Raises BrokenImageError where the child does not keep to the protocol.
        """
        length = photo.seek(0, os.SEEK_END)
        try:
            call = Call(task.name, length, protocol.pack(arguments))
        except NotAMessageError as error:
            return FaultError(f"the call cannot be sent: {error}")
        with self._speaking():
            protocol.send(self._connection, call)
        while True:
            before = time.monotonic()
            with self._speaking():
                message = self._next(length, seconds)
            seconds -= time.monotonic() - before
            if not isinstance(message, Read):
                with self._speaking():
                    return _outcome(message, task)
            photo.seek(message.at)
            content = photo.read(message.size)
            with self._speaking():
                self._connection.send_bytes(content)

    def _next(self, length: int, seconds: float) -> Read | Answer:
        if not self._connection.poll(max(0.0, seconds)):
            raise BrokenImageError(f"Decoding the photo did not come to an end in time. {ADVICE}")
        message = protocol.receive(self._connection, protocol.TO_PARENT)
        return protocol.checked(message, length) if isinstance(message, Read) else message

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Turn what is wrong with the child into what is wrong with its photo."""
        try:
            yield
        except NotAMessageError as error:
            raise BrokenImageError(f"Decoding the photo gave an answer that is none. {ADVICE}") from error
        except (EOFError, ConnectionError) as error:
            raise BrokenImageError(f"Decoding the photo ended its decoder ({self._ending()}). {ADVICE}") from error

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._connection.close()

    def _ending(self) -> str:
        try:
            code = self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            return "it closed its connection"
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _outcome(answer: Answer, task: Task[T]) -> T | PhotoError | FaultError:
    if isinstance(answer, Raised):
        return protocol.photo_error(answer)
    if isinstance(answer, Fault):
        return FaultError(answer.trace)
    return protocol.unpack(answer.value, task.returns)
