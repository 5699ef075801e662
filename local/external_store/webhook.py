"""Receives what another store tells of its buckets, in the shape of S3's events: which keys to look at."""

import contextlib
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote_plus

from local.emulator.credentials import Credentials
from local.emulator.process import StartError
from local.external_store.config import EVENTS

LONGEST_BODY = 1 << 20


class Webhook(ThreadingHTTPServer):
    """Listens for the store, also before the library is open: then what is told is refused, to be told again."""

    daemon_threads = True
    # Takes each key that the store names, once the library is open.
    hand: Callable[[str], None] | None = None

    def __init__(self, listen: tuple[str, int], keys: Credentials) -> None:
        """Listen at this address; the path is a secret that follows from the library's keys."""
        super().__init__(listen, _Handler)
        self.path = path(keys)
        self.url = f"http://{listen[0]}:{listen[1]}{self.path}"

    def take(self, body: bytes) -> HTTPStatus:
        """Hand on what is told; what names no object, such as a test of the line, is well received."""
        hand, keys = self.hand, list(named(body))
        if hand:
            for key in keys:
                hand(key)
        return HTTPStatus.OK if hand or not keys else HTTPStatus.SERVICE_UNAVAILABLE


class _Handler(BaseHTTPRequestHandler):
    server: Webhook
    timeout = 30

    def do_POST(self) -> None:  # the name that http.server looks for
        length = self.headers.get("Content-Length", "")
        body = self.rfile.read(int(length)) if length.isdigit() and int(length) <= LONGEST_BODY else b""
        meant = hmac.compare_digest(self.path.encode(), self.server.path.encode())
        self.send_response(self.server.take(body) if meant else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives it
        """Say nothing: the path is a secret."""


def path(keys: Credentials) -> str:
    """The path that the store posts to; whoever does not know it tells nothing."""
    secret = hashlib.blake2s(b"webhook", key=keys.secret_key.encode()[:32], digest_size=16)
    return f"/{secret.hexdigest()}"


def named(body: bytes) -> Iterator[str]:
    """The keys that an event in S3's shape names; where a store may not have encoded it, the key as it is too."""
    try:
        for record in json.loads(body)["Records"]:
            key = record["s3"]["object"]["key"]
            yield from dict.fromkeys((key, unquote_plus(key)))
    except (ValueError, TypeError, KeyError, AttributeError):
        return


@contextlib.contextmanager
def receiving(listen: tuple[str, int] | None, keys: Credentials) -> Iterator[Webhook | None]:
    """Listen for the store's webhook where that is asked for. Raises StartError where the address is taken."""
    if not listen:
        yield None
        return
    try:
        server = Webhook(listen, keys)
    except OSError as error:
        raise StartError(f"{EVENTS} is an address that cannot be used ({error.strerror}); give another") from None
    thread = threading.Thread(target=server.serve_forever, name="webhook")
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
