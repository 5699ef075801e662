"""Guards the embedded AWS by two doors, each with a list of requests that it admits; no other reaches MiniStack.

The gallery's door serves the declared routes of the HTTP API. The other door is the AWS endpoint, for signed calls and
for the calls of a sign-in. Each door accepts only this machine's own host names, and no page of another origin.
"""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from local.emulator.doors import calls, signatures, unsigned
from local.emulator.doors.bodies import Disconnected, Receive, read, replay
from local.emulator.doors.hosts import Hosts
from local.emulator.doors.origins import Origins
from local.emulator.doors.refusals import Refused, Send
from local.emulator.doors.request import Request, Scope
from local.emulator.doors.routes import Routes

Asgi = Callable[[Scope, Any, Any], Awaitable[None]]
# API Gateway's limit of the payload.
MOST_API_BYTES = 10 << 20


@dataclass
class Gateway:
    """An ASGI application that admits requests to the embedded AWS, as AWS's own endpoints do."""

    app: Asgi
    gallery_port: int
    bridge: str | None = None
    routes: Routes | None = None
    hosts: Hosts = field(init=False)
    origins: Origins = field(init=False)

    def __post_init__(self) -> None:
        self.hosts, self.origins = Hosts(self.bridge), Origins(self.gallery_port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection: HTTP, or the server's own start and stop."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            request = Request.parse(scope)
            at_gallery = request.port == self.gallery_port
            admit = self._admit_to_gallery if at_gallery else self._admit_to_endpoint
            receive = await admit(request, receive)
        except Refused as refused:
            await refused.send(send, scope["method"])
        except Disconnected:
            return
        else:
            # AWS terminates TLS at this point. The doors listen on the loopback interface and for containers on this
            # machine, where no network is crossed; "https" lets the policies that refuse plain HTTP be evaluated.
            scope = self._to_api({**scope, "scheme": "https"}) if at_gallery else {**scope, "scheme": "https"}
            await self.app(scope, receive, self.origins.limit_readers(request, send))

    async def _admit_to_gallery(self, request: Request, receive: Receive) -> Receive:
        self.hosts.require_own(request)
        self.origins.require_own_page(request)
        if not self.routes or not self.routes.match(request.method, request.path):
            raise Refused.as_json(404, {"message": "Not Found"})
        return replay(await read(receive, MOST_API_BYTES), receive)

    async def _admit_to_endpoint(self, request: Request, receive: Receive) -> Receive:
        self.hosts.require_endpoint(request)
        self.origins.require_gallery_or_none(request)
        if signatures.is_signed(request):
            return await calls.admit(request, receive)
        self.origins.require_no_other_page(request)
        return await unsigned.admit(request, receive)

    def _to_api(self, scope: Scope) -> Scope:
        assert self.routes
        host = f"{self.routes.api}.execute-api.{os.environ['MINISTACK_HOST']}".encode()
        headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"host"]
        return {**scope, "headers": [*headers, (b"host", host)]}
