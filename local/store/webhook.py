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


class _Receiver(ThreadingHTTPServer):
    """Listens for one library; `heard` is set as soon as the store told anything of its originals."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], library: Library) -> None:
        super().__init__(address, _Handler)
        self.library, self.heard = library, threading.Event()


class _Handler(BaseHTTPRequestHandler):
    server: _Receiver
    timeout = 30

    def do_POST(self) -> None:  # the name that http.server looks for
        length = self.headers.get("Content-Length", "")
        body = self.rfile.read(int(length)) if length.isdigit() and int(length) <= LONGEST_BODY else b""
        self.send_response(self._answer(body))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, body: bytes) -> HTTPStatus:
        if not hmac.compare_digest(self.path.encode(), path(self.server.library.credentials).encode()):
            return HTTPStatus.NOT_FOUND
        told = own(self.server.library, body)
        try:
            if told:
                records.tell_of(self.server.library, told)
                self.server.heard.set()
        except (ClientError, BotoCoreError):
            return HTTPStatus.SERVICE_UNAVAILABLE  # whoever can, tells it again
        return HTTPStatus.OK

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives it
        """Say nothing: the path is a secret."""


def path(keys: Credentials) -> str:
    """The path that the store posts to; whoever does not know it tells nothing."""
    secret = hashlib.blake2s(b"webhook", key=keys.secret_key.encode()[:32], digest_size=16)
    return f"/{secret.hexdigest()}"


def own(library: Library, body: bytes) -> list[dict[str, Any]]:
    """The records of the body that are about this library's originals; a store may tell of all its buckets."""
    try:
        found = json.loads(body)["Records"]
        return [record for record in found if _is_own(library, record["s3"])]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []  # a test of the line, or no event at all


def _is_own(library: Library, told: dict[str, Any]) -> bool:
    key = unquote_plus(told["object"]["key"])
    return told["bucket"]["name"] == library.originals_bucket and key.startswith(library.prefixes)


@contextlib.contextmanager
def receiving(library: Library) -> Iterator[threading.Event]:
    """Listen for the store's webhook where that is asked for; the event is set once it told of anything."""
    if not (library.store and library.store.listen):
        yield threading.Event()
        return
    try:
        server = _Receiver(library.store.listen, library)
    except OSError as error:
        raise StartError(f"{EVENTS} is an address that cannot be used ({error.strerror}); give another") from None
    thread = threading.Thread(target=server.serve_forever, name="webhook")
    thread.start()
    try:
        yield server.heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def address(library: Library) -> str | None:
    """Where the store's webhook has to post to, if this run listens."""
    if not (library.store and library.store.listen):
        return None
    host, port = library.store.listen
    return f"http://{host}:{port}{path(library.credentials)}"
