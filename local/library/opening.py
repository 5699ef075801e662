"""Opens a library whose buckets lie in another store: its webhook first, then the store, then the library."""

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
from local.external_store.webhook import Webhook, receiving
from local.library.library import Library, open_library
from local.library.watch import watching

WAIT_SECONDS = 60
ASK_SECONDS = 0.2


@contextlib.contextmanager
def opened(
    folder: Path, port: int, image: str | None = None, store: StoreConfig | None = None, *, postscript: bool = False
) -> Iterator[Library]:
    """The library in this folder, told of what happens in its store. Raises StartError for what can be mended."""
    if not store:
        with open_library(folder, port, image=image, postscript=postscript) as found:
            yield found
        return
    # Some stores try their webhook when they start, and do not start without: it has to be there before them.
    with receiving(store.listen, credentials.of(folder)) as webhook:
        if webhook:
            print(f"The store's webhook can post to {webhook.url}", file=sys.stderr, flush=True)
        _await(store, webhook)
        with (
            open_library(folder, port, image=image, store=store, postscript=postscript) as found,
            watching(found, webhook),
        ):
            yield found


def _await(store: StoreConfig, webhook: Webhook | None) -> None:
    endpoint = store.aws.endpoint
    # Only who has the webhook's address, which was told a moment ago, can start a store that wants it.
    deadline = time.monotonic() + (WAIT_SECONDS if webhook else 0)
    while not (answered := _answers(endpoint)) and time.monotonic() < deadline:
        time.sleep(ASK_SECONDS)
    if not answered:
        raise StartError(f"no store answers at {endpoint}; start it, or give its address as S3_ENDPOINT=")


def _answers(endpoint: str) -> bool:
    try:
        urllib.request.urlopen(endpoint, timeout=5).close()  # noqa: S310 - http or https, as its reader demands
    except urllib.error.HTTPError:
        return True  # it asks for a signature
    except OSError:
        return False
    return True
