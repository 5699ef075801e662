"""Injects faults by a proxy between the functions and AWS: throttling, lost answers, and kills of the functions."""

import http.client
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

SLOW_DOWN = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
THROTTLED = b'{"__type":"ThrottlingException","message":"Rate exceeded"}'
# In a series, so that the client's own retries are used up, and the message goes back to the queue.
STORM = 5
# Headers of one connection, or headers that the proxy sets itself.
OF_THE_WAY = ("content-length", "transfer-encoding", "connection")


@dataclass
class Weather:
    """The share of requests with each fault; `strike` kills a function, if one runs."""

    strike: Callable[[], bool]
    chosen: random.Random
    kills: float
    throttled: float = 0.01
    answers_lost: float = 0.003
    storms: float = 0.0005
    happened: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _storms: dict[str, int] = field(default_factory=dict)

    def of(self, request: str) -> str:
        """Return the fault of this request: none, throttled, or its answer is lost."""
        with self._lock:
            if self.chosen.random() < self.kills and self.strike():
                self.happened["workers killed"] += 1
            if self._storms.get(request, 0):
                self._storms[request] -= 1
                return self._count("throttled")
            luck = self.chosen.random()
            if luck < self.storms:
                self._storms[request] = STORM - 1
                self.happened["storms"] += 1
                return self._count("throttled")
            if luck < self.storms + self.throttled:
                return self._count("throttled")
            if luck < self.storms + self.throttled + self.answers_lost:
                return self._count("answers lost")
            return "fair"

    def _count(self, what: str) -> str:
        self.happened[what] += 1
        return what


@contextmanager
def behind(endpoint: str, weather: Weather) -> Iterator[str]:
    """Run the proxy for this endpoint. Yields the proxy's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _door(urlsplit(endpoint).netloc, weather))
    server.daemon_threads = True
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _door(endpoint: str, weather: Weather) -> type["Door"]:
    """Return a handler class that forwards to this endpoint under this weather."""
    return type("DoorOfEndpoint", (Door,), {"endpoint": endpoint, "weather": weather})


class Door(BaseHTTPRequestHandler):
    """Forwards requests unchanged, with their Host header, so that their signatures stay valid."""

    endpoint: str
    weather: Weather
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        """Open a connection to the endpoint for each connection of a client."""
        super().setup()
        self.beyond = http.client.HTTPConnection(self.endpoint)

    def finish(self) -> None:
        """Close both connections, also if the client was killed."""
        self.beyond.close()
        with suppress(ConnectionError):
            super().finish()

    def handle_one_request(self) -> None:
        """Ignore connections that a killed function has closed."""
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Log nothing."""

    def answer(self) -> None:
        """Answer with an injected fault, or with the endpoint's answer."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        target = self.headers.get("X-Amz-Target", "")
        found = self.weather.of(f"{self.command} {self.path} {target}")
        if found == "throttled":
            self._answer_with(400, THROTTLED) if target else self._answer_with(503, SLOW_DOWN)
            return
        status, headers, content = self._beyond(body)
        if found == "answers lost":
            self.close_connection = True
        else:
            self._answer_with(status, content, headers)

    def _beyond(self, body: bytes) -> tuple[int, http.client.HTTPMessage, bytes]:
        self.beyond.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            self.beyond.putheader(name, value)
        self.beyond.endheaders(body or None)
        response = self.beyond.getresponse()
        return response.status, response.headers, response.read()

    def _answer_with(self, status: int, content: bytes, headers: http.client.HTTPMessage | None = None) -> None:
        self.send_response_only(status)
        for name, value in (headers or {}).items():
            if name.lower() not in OF_THE_WAY:
                self.send_header(name, value)
        told = headers.get("Content-Length") if headers and self.command == "HEAD" else None
        self.send_header("Content-Length", told or str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer  # noqa: N815 - the standard library's names
