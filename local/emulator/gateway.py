"""The embedded AWS as a process of its own: MiniStack behind two doors, one for AWS clients and one for the gallery.

Started by `local.emulator.process`. Each line of its standard input names the HTTP API to serve at the gallery's door;
when the input ends, the parent is gone and the process stops. What it has answered is on the disk by then.
"""

import asyncio
import contextlib
import gc
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
import uvloop
from ministack import app as ministack

from local.emulator import access_log, patches, trouble
from local.emulator.patches import state
from local.emulator.process import REASON

Scope = dict[str, Any]
Asgi = Callable[[Scope, Any, Any], Awaitable[None]]
GRACE_SECONDS = 1
KEEP_ALIVE_SECONDS = 75


@dataclass
class Doors:
    """Lets requests in to the embedded AWS, as AWS's own front doors would."""

    app: Asgi
    gallery_port: int
    api: str | None = None

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """One ASGI request."""
        if scope["type"] == "http":
            # The doors open on the loopback interface, and to containers on this machine, where nothing is on a wire to
            # be read: this is where AWS ends TLS. The declared policies, which refuse plain HTTP, are evaluated like
            # any other.
            scope = {**scope, "scheme": "https"}
            if scope["server"][1] == self.gallery_port:
                scope = self._to_api(scope)
        await self.app(scope, receive, send)

    def _to_api(self, scope: Scope) -> Scope:
        host = f"{self.api}.execute-api.{os.environ['MINISTACK_HOST']}".encode()
        headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"host"]
        return {**scope, "headers": [*headers, (b"host", host)]}


class Server(uvicorn.Server):
    """A server that SIGTERM stops in good order. uvicorn's own ends the process by the signal, without an exit code."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at SIGTERM."""
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._stop)
        yield

    def _stop(self) -> None:
        self.should_exit = True


async def main() -> None:
    """Serve until the parent is gone or asks to stop."""
    gateway, gallery = int(os.environ["GATEWAY_PORT"]), int(os.environ["GALLERY_PORT"])
    doors = Doors(ministack.app, gallery)
    config = uvicorn.Config(
        doors,
        # Photos go in and out by the megabyte: parsers in C take a quarter off what that costs the processor.
        http="httptools",
        ws="none",
        lifespan="on",
        proxy_headers=False,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = Server(config)
    listening = asyncio.create_task(_listen(doors, server))
    host = os.environ["BIND_HOST"]
    places = [(host, gateway), (host, gallery)]
    if bridge := os.environ.get("BRIDGE_HOST"):
        places.append((bridge, gateway))
    await server.serve([socket.create_server(place, backlog=config.backlog) for place in places])
    listening.cancel()


async def _listen(doors: Doors, server: uvicorn.Server) -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        doors.api = line.decode().strip()
    server.should_exit = True


def _run() -> None:
    """Serve, and end with an exit code that says whether all is on the disk."""
    try:
        # A search for garbage among a library's items finds none, and takes four times as long as to load them.
        gc.disable()
        patches.apply()
        state.load()
        gc.freeze()
        gc.enable()
    except (state.UnreadableError, OSError) as error:
        sys.exit(f"{REASON}{error}")
    uvloop.run(main())
    # All is stored by now, and a large library takes a second to be taken apart in memory.
    sys.stdout.flush()
    os._exit(trouble.exit_code())


if __name__ == "__main__":
    if found := os.environ.get("DECISIONS"):
        access_log.record(Path(found))
    _run()
