"""Checks that a library is opened with the store that it was made with, because its index fits no other store."""

from pathlib import Path

from local.emulator.process import StartError
from local.external_store.config import StoreConfig


def listing_file(folder: Path) -> Path:
    """Return the file of the listing cache, which only a library with another store has."""
    return folder / "seen.db"


def require_same_store(folder: Path, store: StoreConfig | None) -> None:
    """Raise StartError if the folder's library has its photos in another place than `store`."""
    if store and any((folder / "objects").glob("*")):
        raise StartError(f"the library in {folder} has its photos there; leave S3_ENDPOINT out, or give another DATA=")
    if not store and listing_file(folder).exists():
        raise StartError(
            f"the library in {folder} has its photos in another store; give S3_ENDPOINT=, or another DATA="
        )
