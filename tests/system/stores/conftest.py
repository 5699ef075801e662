from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from local.emulator import credentials
from local.emulator.process import HOST, free_port
from local.external_store.config import StoreConfig
from local.external_store.webhook import receive_notifications
from local.library.library import Library, open_library
from local.library.watch import watch_bucket
from tests.conftest import Client, sign_in
from tests.system.stores.servers import SERVERS, Server, running


@dataclass(frozen=True)
class Shop:
    """A running library with its buckets in a real store."""

    server: Server
    library: Library
    client: Client


@pytest.fixture(scope="module", params=SERVERS)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    server, folder = SERVERS[request.param], tmp_path_factory.mktemp(request.param)
    listen = (HOST, free_port()) if server.webhook else None
    with (
        receive_notifications(listen, credentials.ensure(folder / "library")) as webhook,
        running(server, folder / "store", webhook.url if webhook else None) as aws,
        open_library(folder / "library", free_port(), store=StoreConfig(aws, {}, listen, server.target)) as opened,
        watch_bucket(opened, webhook),
    ):
        yield Shop(server, opened, sign_in(opened))
