import os
from collections.abc import Iterator

import pytest

from function.contract.entrypoints import API_HANDLER, WORKER_HANDLER
from image import declared
from image.container import Container, run_container
from image.declared import DeclaredFunction
from local.emulator.process import free_port
from local.library.library import Library, open_library

# The image that is tried, and the base that it was built from.
NAME, BASE = "SAFELIGHT_IMAGE", "SAFELIGHT_BASE"


@pytest.fixture(scope="session")
def image() -> str:
    return os.environ[NAME]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A declared stack of its own: its worker is paused, which other tests' must not be."""
    with open_library(tmp_path_factory.mktemp("image"), free_port()) as running_stack:
        yield running_stack


@pytest.fixture(scope="module")
def worker(image: str, opened: Library) -> DeclaredFunction:
    """The declared worker, whose messages stay in the queue for the image to work off."""
    function = declared.function(opened, WORKER_HANDLER)
    declared.pause(opened, function)
    return function


@pytest.fixture(scope="module")
def api(image: str, opened: Library) -> DeclaredFunction:
    return declared.function(opened, API_HANDLER)


@pytest.fixture
def working(image: str, worker: DeclaredFunction) -> Iterator[Container]:
    """The image as the worker."""
    with run_container(image, worker.handler, worker.environment, worker.memory) as container:
        yield container
        print(container.log())  # pytest shows it where a test fails


@pytest.fixture
def answering(image: str, api: DeclaredFunction) -> Iterator[Container]:
    """The image as the api."""
    with run_container(image, api.handler, api.environment, api.memory) as container:
        yield container
        print(container.log())  # pytest shows it where a test fails
