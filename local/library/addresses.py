"""Keeps the addresses and keys of a running library in its folder, for other programs of the same user."""

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

Addresses = Mapping[str, str]


def path(folder: Path) -> Path:
    """Return the file that holds the addresses while the library is served."""
    return folder / "addresses.json"


@contextlib.contextmanager
def publish(folder: Path, addresses: Addresses) -> Iterator[None]:
    """Publish the addresses in the folder, readable by its owner alone, until the end of the block."""
    draft = path(folder).with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(addresses, file)
    draft.replace(path(folder))
    try:
        yield
    finally:
        withdraw(folder)


def withdraw(folder: Path) -> None:
    """Remove the addresses, which a killed run leaves behind."""
    path(folder).unlink(missing_ok=True)


def read(folder: Path) -> dict[str, str] | None:
    """Return the addresses of the library that is served from this folder; None where there are none."""
    try:
        addresses: dict[str, str] = json.loads(path(folder).read_text())
    except (OSError, ValueError):
        return None
    return addresses
