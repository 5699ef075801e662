"""Receives what another store tells of its buckets, in the shape of S3's events, for the library's queue."""

import contextlib
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote_plus

from botocore.exceptions import BotoCoreError, ClientError

from local import records
from local.credentials import Credentials
from local.emulator import StartError
from local.library import Library
from local.store.choice import EVENTS

LONGEST_BODY = 1 << 20


class Webhook(ThreadingHTTPServer):
    """Listens for the store, also before the library is open; `heard` is set once it told of the library's originals.

    Until `library` is set, what is told is refused, to be told again.
    """

    daemon_threads = True

    def __init__(self, listen: tuple[str, int], keys: Credentials) -> None:
        """Listen at this address; the path is a secret that follows from the library's keys."""
        super().__init__(listen, _Handler)
        self.path, self.library, self.heard = path(keys), None, threading.Event()
        self.url = f"http://{listen[0]}:{listen[1]}{self.path}"

    library: Library | None

    def take(self, body: bytes) -> HTTPStatus:
        """Hand what is told to the library's queue."""
        told = _records(body)
        if not told:
            return HTTPStatus.OK  # a test of the line
        if not self.library:
            return HTTPStatus.SERVICE_UNAVAILABLE
        try:
            if own := [record for record in told if is_own(self.library, record)]:
                records.tell_of(self.library, own)
                self.heard.set()
        except (ClientError, BotoCoreError):
            return HTTPStatus.SERVICE_UNAVAILABLE  # whoever can, tells it again
        return HTTPStatus.OK


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


def is_own(library: Library, record: Any) -> bool:
    """Whether the record is about this library's originals: a store may tell of all its buckets."""
    try:
        bucket, key = record["s3"]["bucket"]["name"], unquote_plus(record["s3"]["object"]["key"])
    except (TypeError, KeyError, AttributeError):
        return False
    return bucket == library.originals_bucket and key.startswith(library.prefixes)


def _records(body: bytes) -> list[Any]:
    try:
        found = json.loads(body)["Records"]
    except (ValueError, TypeError, KeyError):
        return []
    return found if isinstance(found, list) else []


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
