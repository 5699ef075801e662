"""MiniStack's modules in this process, with a database of their own, as they were again after each test."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ministack.core.responses import AccountRegionScopedDict, AccountScopedDict

from local.emulator import database
from local.emulator.database import Database

Guard = Callable[..., Database]


@pytest.fixture
def guard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Guard:
    """Begin with these modules empty, and undo every change of them at the end; returns the database."""

    def begin(*modules: ModuleType) -> Database:
        for module in modules:
            for name, value in list(vars(module).items()):
                if not name.startswith("__"):
                    monkeypatch.setattr(module, name, _fresh(name, value))
        stored = Database(tmp_path / "library.db")
        monkeypatch.setattr(database, "shared", lambda: stored)
        return stored

    return begin


def _fresh(name: str, value: Any) -> Any:
    """An empty store in place of one that holds something, a copy of a table that is changed, else the same."""
    if isinstance(value, (AccountRegionScopedDict, AccountScopedDict)):
        return type(value)()
    return dict(value) if name == "_HANDLERS" else value
