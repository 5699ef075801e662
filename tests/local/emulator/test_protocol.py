"""An answer leaves in one piece, and arrives as it was written."""

import asyncio
from typing import Any

import pytest
import uvicorn

from local.emulator.process import free_port
from local.emulator.protocol import JoinedHttp, JoinedWrites

BODIES = {"/small": b"x" * 10, "/none": b"", "/large": b"y" * 3_000_000}


async def app(scope: Any, _: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    body = BODIES[scope["path"]]
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": body})


async def fetched(paths: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, list[int]]:
    """What comes of these requests over one connection, and the sizes of the pieces that were sent."""
    pieces: list[int] = []
    flush = JoinedWrites._flush

    def counting(self: JoinedWrites) -> None:
        if self._pending:
            pieces.append(sum(map(len, self._pending)))
        flush(self)

    monkeypatch.setattr(JoinedWrites, "_flush", counting)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, http=JoinedHttp, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number, path in enumerate(paths, 1):
        last = b"close" if number == len(paths) else b"keep-alive"
        writer.write(b"GET %b HTTP/1.1\r\nhost: x\r\nconnection: %b\r\n\r\n" % (path.encode(), last))
    found = await reader.read()
    writer.close()
    server.should_exit = True
    await serving
    return found, pieces


@pytest.mark.parametrize("paths", [["/small"], ["/small", "/none", "/large", "/small"], ["/large"]])
def test_an_answer_is_sent_in_one_piece(paths: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    found, pieces = asyncio.run(fetched(paths, monkeypatch))
    assert len(pieces) == len(paths)
    assert len(found) == sum(pieces)
    for path in paths:
        head, _, found = found.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        assert found[: len(BODIES[path])] == BODIES[path]
        found = found[len(BODIES[path]) :]
    assert not found
