import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from image import gallery
from local.emulator.process import free_port
from local.library.library import Library, open_library
from local.samples import draw_library

ROOT = Path(__file__).parent.parent
AWAIT_SECONDS = 30
# Tests that take minutes: each call to AWS disturbed in turn, real engines, stores and browsers, large libraries.
SLOW = (
    "tests/system/*",
    "tests/infra/engine/*",
    "tests/infra/test_pulumi_up.py",
    "tests/function/service/*/test_*interleavings.py",
    "tests/function/service/*/test_interruptions.py",
    "tests/function/service/*/test_batches.py",
    "tests/function/service/*/test_*disturbed.py",
    "tests/function/service/*/test_inbox*.py",
    "tests/function/service/analysis/*",
    "tests/function/service/sidecars/*",
    "tests/function/imaging/test_endurance.py",
    "tests/gallery/*",
    "tests/image/*",
    "tests/local/library/test_disk.py",
    "tests/local/library/test_resume.py",
    "tests/local/emulator/test_clients.py",
    "tests/local/test_privileges.py",
    "tests/corpus/*",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark slow tests, which `make test` leaves to `make test-slow`."""
    for item in items:
        path = item.path.relative_to(ROOT).as_posix()
        if any(fnmatch(path, pattern) for pattern in SLOW):
            item.add_marker(pytest.mark.slow)


def pytest_configure() -> None:
    """Build the gallery, which the api serves, before the first test."""
    gallery.build()


def awaited(look: Callable[[], Any]) -> Any:
    """What look gives as soon as it gives anything."""
    deadline = time.monotonic() + AWAIT_SECONDS
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert found, f"nothing within {AWAIT_SECONDS} s"
    return found


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A dozen drawn photos, by their keys."""
    folder = tmp_path_factory.mktemp("album")
    return {path.relative_to(folder).as_posix(): path for path in draw_library(folder)}


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]

    def json(self) -> Any:
        return json.loads(self.body)


def lowered(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def fetch(url: str, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
    request = urllib.request.Request(url, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return Answer(response.status, response.read(), lowered(response.headers))
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.read(), lowered(error.headers))


@dataclass(frozen=True)
class Client:
    """The API as the gallery uses it: signed in through the stack's own user pool."""

    library: Library
    token: str

    def __call__(self, path: str, method: str = "GET", body: bytes | None = None) -> Answer:
        address = self.library.emulator.gallery.rstrip("/") + path
        return fetch(address, method, body, headers={"Authorization": f"Bearer {self.token}"})


def sign_in(opened: Library) -> Client:
    config = fetch(f"{opened.emulator.gallery}gallery/config.json").json()["sign_in"]
    credentials = {"USERNAME": opened.credentials.user, "PASSWORD": opened.credentials.password}
    answer = fetch(
        config["endpoint"],
        "POST",
        json.dumps(
            {"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": config["client_id"], "AuthParameters": credentials}
        ).encode(),
        {
            "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
            "Content-Type": "application/x-amz-json-1.1",
        },
    )
    return Client(opened, answer.json()["AuthenticationResult"]["AccessToken"])


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The declared stack, running."""
    with open_library(tmp_path_factory.mktemp("library"), free_port()) as running:
        yield running


@pytest.fixture(scope="session")
def client(opened: Library) -> Client:
    return sign_in(opened)


@pytest.fixture
def put(opened: Library) -> Callable[[str, Path], None]:
    def upload(key: str, path: Path) -> None:
        opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key=key, Body=path.read_bytes())

    return upload
