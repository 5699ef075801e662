"""The examples of docs/api.md, as they are, against the running stack."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from docs.api import example
from function.contract.routes import ROUTES, Route
from function.index.keys import photo_id
from local.library.library import Library
from tests.conftest import Client, awaited

KEY = "api/lights.png"
CURL = "curl --silent --show-error --output /dev/null --write-out '%{http_code}'"


@pytest.fixture(scope="module", autouse=True)
def photo(opened: Library, client: Client, album: dict[str, Path]) -> str:
    """The id of a photo that is there."""
    content = album["2026/lights.png"].read_bytes()
    opened.aws.s3.put_object(Bucket=opened.originals_bucket, Key=f"{opened.originals_prefix}{KEY}", Body=content)
    awaited(lambda: client(f"/photos/{photo_id(KEY)}").status == 200)
    return photo_id(KEY)


@pytest.fixture
def run(opened: Library, client: Client, photo: str) -> Callable[[str], str]:
    """Runs a command in a shell as the page says; returns the status of the answer."""
    named = {"SAFELIGHT": opened.emulator.gallery.rstrip("/"), "TOKEN": client.token, "ID": photo}

    def shell(command: str) -> str:
        arguments = ["sh", "-c", command.replace("curl", CURL, 1)]
        return subprocess.run(
            arguments, env={**os.environ, **named}, stdout=subprocess.PIPE, text=True, check=True
        ).stdout

    return shell


# What takes the photo away comes last.
IN_ORDER = sorted(ROUTES, key=lambda route: route.method == "DELETE")


@pytest.mark.parametrize("route", IN_ORDER, ids=lambda route: route.key)
def test_an_example_does_what_the_page_says(run: Callable[[str], str], route: Route) -> None:
    assert run(example(route)) in ("200", "202", "204")
