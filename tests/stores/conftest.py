import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from local import credentials, emulator, library
from local.library import Library
from local.store import webhook
from local.store.choice import Choice
from local.store.watch import watching
from tests.conftest import Client, sign_in
from tests.stores.servers import SERVERS, Server, running


@dataclass(frozen=True)
class Shop:
    """A running library whose buckets lie in a real store."""

    server: Server
    library: Library
    client: Client


@contextlib.contextmanager
def library_in(choice: Choice, folder: Path) -> Iterator[Library]:
    with library.opened(folder, emulator.free_port(), store=choice) as opened, watching(opened):
        yield opened


@pytest.fixture(scope="module", params=SERVERS)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    server, folder = SERVERS[request.param], tmp_path_factory.mktemp(request.param)
    listen = (emulator.HOST, emulator.free_port())
    (folder / "library").mkdir()
    posted = f"http://{listen[0]}:{listen[1]}{webhook.path(credentials.of(folder / 'library'))}"
    with running(server, folder / "store", posted) as aws:
        choice = Choice(aws, {}, listen if server.webhook else None, server.target)
        with library_in(choice, folder / "library") as opened:
            yield Shop(server, opened, sign_in(opened))
