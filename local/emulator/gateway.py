"""The embedded AWS as a process of its own: MiniStack behind two doors, one for AWS clients and one for the gallery.

Started by `local.emulator.process`. Each line of its standard input is JSON: the HTTP API to serve at the gallery's
door, and its routes. When the input ends, the parent is gone and the process saves its state and stops.
"""

import asyncio
import json
import os
import socket
import sys
from pathlib import Path

import uvicorn
import uvloop
from ministack import app as ministack

from local.emulator import access_log, patches
from local.emulator.doors import Doors
from local.emulator.doors.routes import Routes

GRACE_SECONDS = 1
KEEP_ALIVE_SECONDS = 75


async def main() -> None:
    """Serve until the parent is gone or asks to stop."""
    gateway, gallery = int(os.environ["GATEWAY_PORT"]), int(os.environ["GALLERY_PORT"])
    bridge = os.environ.get("BRIDGE_HOST")
    doors = Doors(ministack.app, gallery, bridge)
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
    server = uvicorn.Server(config)
    listening = asyncio.create_task(_listen(doors, server))
    host = os.environ["BIND_HOST"]
    places = [(host, gateway), (host, gallery)]
    if bridge:
        places.append((bridge, gateway))
    await server.serve([socket.create_server(place, backlog=config.backlog) for place in places])
    listening.cancel()


async def _listen(doors: Doors, server: uvicorn.Server) -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        served = json.loads(line)
        doors.routes = Routes(served["api"], tuple(served["routes"]))
    server.should_exit = True


if __name__ == "__main__":
    if found := os.environ.get("DECISIONS"):
        access_log.record(Path(found))
    patches.apply()
    uvloop.run(main())
