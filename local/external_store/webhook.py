"""Receives the notifications of another store in the format of S3's events, for the keys in them."""

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
    """An HTTP server for the store's notifications; until the library is open it answers 503, for a retry."""

    daemon_threads = True
    # The receiver of each key; None until the library is open.
    hand: Callable[[str], None] | None = None

    def __init__(self, listen: tuple[str, int], keys: Credentials) -> None:
        """Listen at this address; the path is a secret, derived from the library's keys."""
        super().__init__(listen, _Handler)
        self.path = path(keys)
        self.url = f"http://{listen[0]}:{listen[1]}{self.path}"

    def take(self, body: bytes) -> HTTPStatus:
        """Pass on the keys of a notification and return the status; one without keys, such as a test, is accepted."""
        hand, keys = self.hand, list(notified_keys(body))
        if hand:
            for key in keys:
                hand(key)
        return HTTPStatus.OK if hand or not keys else HTTPStatus.SERVICE_UNAVAILABLE


class _Handler(BaseHTTPRequestHandler):
    server: Webhook
    timeout = 30

    def do_POST(self) -> None:  # http.server calls this name
        length = self.headers.get("Content-Length", "")
        body = self.rfile.read(int(length)) if length.isdigit() and int(length) <= LONGEST_BODY else b""
        meant = hmac.compare_digest(self.path.encode(), self.server.path.encode())
        self.send_response(self.server.take(body) if meant else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        """Log nothing, because the path is a secret."""


def path(keys: Credentials) -> str:
    """Return the secret path for the store's requests."""
    secret = hashlib.blake2s(b"webhook", key=keys.secret_key.encode()[:32], digest_size=16)
    return f"/{secret.hexdigest()}"


def notified_keys(body: bytes) -> Iterator[str]:
    """Yield the keys in an event, as they are and URL-decoded, because not every store encodes them."""
    try:
        for record in json.loads(body)["Records"]:
            key = record["s3"]["object"]["key"]
            yield from dict.fromkeys((key, unquote_plus(key)))
    except (ValueError, TypeError, KeyError, AttributeError):
        return


@contextlib.contextmanager
def receive_notifications(listen: tuple[str, int] | None, keys: Credentials) -> Iterator[Webhook | None]:
    """Run the webhook in a thread, if an address is given. Raises StartError if the address cannot be used."""
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
