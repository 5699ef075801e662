"""A library's photos lie in its own folder or in another store: an index of the one says nothing of the other."""

from pathlib import Path

from local.emulator.process import StartError
from local.external_store.config import StoreConfig


def listing_file(folder: Path) -> Path:
    """The file with what the last listing of the other store showed."""
    return folder / "seen.db"


def require_same_store(folder: Path, store: StoreConfig | None) -> None:
    """Raise StartError where the folder's library has its photos elsewhere than what is asked for."""
    if store and any((folder / "objects").glob("*")):
        raise StartError(f"the library in {folder} has its photos there; leave S3_ENDPOINT out, or give another DATA=")
    if not store and listing_file(folder).exists():
        raise StartError(
            f"the library in {folder} has its photos in another store; give S3_ENDPOINT=, or another DATA="
        )
