"""Runs the decoders in a process of their own: a crash, a hang or too much memory costs one photo, never the batch.

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
from typing import Any, BinaryIO

from function.errors import BrokenImageError
from function.sandbox import messages
from function.sandbox.messages import Answer, Call, Kind, NotAMessageError

# What of the parent's environment the child gets to know.
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
        """Functions that are to be preloaded are named as in `call`."""
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

    def call(self, task: str, photo: BinaryIO, *arguments: Any) -> Any:
        """Call a function, named `package.module:function`, with the photo and arguments, in the child; one at a time.

        Raises what it raises of PhotoError, BrokenImageError for a crash or a hang, and FaultError for any other fault.
        """
        with self.turn:
            self.start()
            assert self._child
            answer = self._answer(self._child, Call(task, photo.seek(0, os.SEEK_END), arguments), photo)
        if answer.kind == Kind.RAISED:
            raise answer.value
        if answer.kind == Kind.FAULT:
            raise FaultError(answer.value)
        return answer.value

    def _answer(self, child: "_Child", call: Call, photo: BinaryIO) -> Answer:
        try:
            return child.answer(call, photo, self._limits.seconds)
        except BaseException:
            self.close()  # whatever it was busy with, the next photo finds a child that is not
            raise

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

    def answer(self, call: Call, photo: BinaryIO, seconds: float) -> Answer:
        """Send the call, hand over what it reads, and wait for its end; the time that reading takes is not counted."""
        with self._speaking():
            messages.send(self._connection, call)
        while True:
            before = time.monotonic()
            with self._speaking():
                if not self._connection.poll(max(0.0, seconds)):
                    raise BrokenImageError(f"Decoding the photo did not come to an end in time. {ADVICE}")
                message = messages.receive(self._connection)
            seconds -= time.monotonic() - before
            if isinstance(message, Answer):
                return message
            photo.seek(message.at)
            content = photo.read(message.size)
            with self._speaking():
                self._connection.send_bytes(content)

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
