"""Starts, calls and ends the child process of the decoders, in the parent.

The child has no credentials and writes no files. It requests ranges of the photo, which the parent reads for it.
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

# Environment variables that the child inherits.
INHERITED = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "TZ", "VIPS_CONCURRENCY")
# Seconds to wait for the exit code of a child that has closed its connection.
PATIENCE = 5.0
# By default glibc keeps freed memory, in one arena per thread. With these, freed pixels go back to the system.
ALLOCATION = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": str(4 << 20)}
ADVICE = "The photo is most likely broken; upload the file again, or convert it."


class FaultError(Exception):
    """Signals that the child failed for a reason other than the photo. The message is its stack trace."""


@dataclass(frozen=True)
class Limits:
    """The limits of one photo: `seconds` of decoding, and the child's `memory` in bytes."""

    seconds: float = 30.0
    memory: int = 2 << 30


class Sandbox:
    """One child process. It is started at the first call, and again after a photo has crashed it."""

    def __init__(self, limits: Limits | None = None, preload: tuple[str, ...] = ()) -> None:
        """Set the limits, and the objects to import at the start, named `package.module:function`."""
        self._limits = limits or Limits()
        self._preload = preload
        self._child: _Child | None = None
        # Held by the thread that calls the child.
        self.turn = RLock()

    def start(self) -> None:
        """Start the child before its first call."""
        if not self._child:
            self._child = _Child(self._limits, self._preload)
            weakref.finalize(self, self._child.kill)

    def call(self, task: Task[T], photo: BinaryIO, *arguments: Any) -> T:
        """Run a task with the photo and further arguments in the child, one call at a time. Returns its result.

        Raises the task's PhotoError, BrokenImageError for a crash, a time-out or a result of another type, and
        FaultError for any other exception.
        """
        with self.turn:
            self.start()
            assert self._child
            try:
                outcome = self._child.run(task, photo, arguments, self._limits.seconds)
            except BaseException:
                self.close()  # the next photo must not get a child that is still busy
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
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)  # the same modules as here
        self._process = subprocess.Popen(command, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        self._connection = Connection(ours.detach())

    def run(
        self, task: Task[T], photo: BinaryIO, arguments: tuple[Any, ...], seconds: float
    ) -> T | PhotoError | FaultError:
        """Send the call, serve its reads, and wait for its end. Time spent on reads does not count against `seconds`.

        Returns the task's result, or the error that it raised. Raises BrokenImageError for a breach of the protocol.
        """
        length = photo.seek(0, os.SEEK_END)
        try:
            call = Call(task.name, length, protocol.pack(arguments))
        except NotAMessageError as error:
            return FaultError(f"the call cannot be sent: {error}")
        with self._translating_errors():
            protocol.send(self._connection, call)
        while True:
            before = time.monotonic()
            with self._translating_errors():
                message = self._next(length, seconds)
            seconds -= time.monotonic() - before
            if not isinstance(message, Read):
                with self._translating_errors():
                    return _outcome(message, task)
            photo.seek(message.at)
            content = photo.read(message.size)
            with self._translating_errors():
                self._connection.send_bytes(content)

    def _next(self, length: int, seconds: float) -> Read | Answer:
        if not self._connection.poll(max(0.0, seconds)):
            raise BrokenImageError(f"Decoding the photo did not come to an end in time. {ADVICE}")
        message = protocol.receive(self._connection, protocol.TO_PARENT)
        return protocol.validate_read(message, length) if isinstance(message, Read) else message

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        """Translate errors of the connection into BrokenImageError, because the photo caused them."""
        try:
            yield
        except NotAMessageError as error:
            raise BrokenImageError(f"Decoding the photo gave an answer that is none. {ADVICE}") from error
        except (EOFError, ConnectionError) as error:
            raise BrokenImageError(f"Decoding the photo ended its decoder ({self._exit_reason()}). {ADVICE}") from error

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._connection.close()

    def _exit_reason(self) -> str:
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
