from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.infra.engine.project import Project, project
from tests.infra.engine.tools import Tools


@pytest.fixture(scope="session")
def plugins(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The environment in which the CLI finds its language host and its plug-ins."""
    if reason := Tools().missing():
        pytest.skip(reason)
    return Tools().install(tmp_path_factory.mktemp("pulumi-home"))


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, plugins: Mapping[str, str]) -> Iterator[Project]:
    """A project of its own for each module, with nothing in its AWS."""
    folder: Path = tmp_path_factory.mktemp("live")
    with project(folder / "project", plugins) as running:
        yield running
