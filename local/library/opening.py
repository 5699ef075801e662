"""Opens a library with another store: first the webhook, then the store, then the library."""

import contextlib
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from local.emulator import credentials
from local.emulator.process import StartError
from local.external_store.config import StoreConfig
from local.external_store.webhook import Webhook, receive_notifications
from local.library.library import Library, open_library
from local.library.watch import watch_bucket

WAIT_SECONDS = 60
ASK_SECONDS = 0.2


@contextlib.contextmanager
def open_with_store(
    folder: Path, port: int, image: str | None = None, store: StoreConfig | None = None, *, postscript: bool = False
) -> Iterator[Library]:
    """Open the library in this folder and watch its store, if it has one. Raises StartError with the next step."""
    if not store:
        with open_library(folder, port, image=image, postscript=postscript) as found:
            yield found
        return
    # Some stores test their webhook when they start, and fail without it: so the webhook starts first.
    with receive_notifications(store.listen, credentials.ensure(folder)) as webhook:
        if webhook:
            print(f"The store's webhook can post to {webhook.url}", file=sys.stderr, flush=True)
        _await(store, webhook)
        with (
            open_library(folder, port, image=image, store=store, postscript=postscript) as found,
            watch_bucket(found, webhook),
        ):
            yield found


def _await(store: StoreConfig, webhook: Webhook | None) -> None:
    endpoint = store.aws.endpoint
    # The user needs the webhook's address, which was printed just now, to start the store: so wait for it.
    deadline = time.monotonic() + (WAIT_SECONDS if webhook else 0)
    while not (answered := _answers(endpoint)) and time.monotonic() < deadline:
        time.sleep(ASK_SECONDS)
    if not answered:
        raise StartError(f"no store answers at {endpoint}; start it, or give its address as S3_ENDPOINT=")


def _answers(endpoint: str) -> bool:
    try:
        urllib.request.urlopen(endpoint, timeout=5).close()  # noqa: S310 - `settings` accepts only http and https
    except urllib.error.HTTPError:
        return True  # the store demands a signature
    except OSError:
        return False
    return True
