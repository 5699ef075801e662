"""Runs the embedded AWS in a process: MiniStack behind two doors, one for AWS clients and one for the gallery.

Started by `local.emulator.process`. Each line of its standard input is JSON: the HTTP API to serve at the gallery's
door, and its routes. When the input ends, the parent is gone and the process stops. What it has answered is on the disk
by then.
"""

import asyncio
import contextlib
import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

# Until the library is loaded: collecting garbage among modules and photos takes a fifth of a start, and more of a
# large library's.
gc.disable()

import uvicorn
import uvloop
from ministack import app as ministack

from local.emulator import access_log, patches, trouble
from local.emulator.doors import Gateway
from local.emulator.doors.routes import Routes
from local.emulator.patches import queries, state
from local.emulator.process import REASON
from local.emulator.protocol import JoinedHttp

GRACE_SECONDS = 1
KEEP_ALIVE_SECONDS = 75


class Server(uvicorn.Server):
    """A server that stops in good order at SIGTERM; uvicorn's own would end by the signal, without an exit code."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at SIGTERM."""
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._stop)
        yield

    def _stop(self) -> None:
        self.should_exit = True


async def main() -> None:
    """Serve until the parent process is gone or sends SIGTERM."""
    gateway, gallery = int(os.environ["GATEWAY_PORT"]), int(os.environ["GALLERY_PORT"])
    bridge = os.environ.get("BRIDGE_HOST")
    doors = Gateway(ministack.app, gallery, bridge)
    config = uvicorn.Config(
        doors,
        # Photos have megabytes: parsers in C save a quarter of the processor's time.
        http=JoinedHttp,
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
    if bridge:
        places.append((bridge, gateway))
    await server.serve([socket.create_server(place, backlog=config.backlog) for place in places])
    listening.cancel()


async def _listen(gateway: Gateway, server: uvicorn.Server) -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    warming = []
    while line := await reader.readline():
        gc.freeze()
        gc.enable()
        served = json.loads(line)
        gateway.routes = Routes(served["api"], tuple(served["routes"]))
        warming.append(asyncio.create_task(asyncio.to_thread(queries.warm)))
    server.should_exit = True


def _run() -> None:
    """Serve, and exit with a code that tells whether everything was stored."""
    try:
        # Collecting garbage among a library's items finds none, and takes four times as long as loading them.
        gc.disable()
        patches.apply()
        state.load()
        gc.freeze()
        gc.enable()
    except (state.UnreadableError, OSError) as error:
        sys.exit(f"{REASON}{error}")
    uvloop.run(main())
    # Everything is stored, and freeing the memory of a large library would take a second.
    sys.stdout.flush()
    os._exit(trouble.exit_code())


if __name__ == "__main__":
    if found := os.environ.get("DECISIONS"):
        access_log.record(Path(found))
    _run()
