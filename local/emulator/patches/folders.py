"""Resolves the path of each folder once.

MiniStack resolves each object's path from the root several times per request. The object itself is still checked for
being a link each time; a folder of the object store never becomes a link.
No longer needed when `tests/local/emulator/test_patches.py` passes without it.
"""

import os
from functools import lru_cache
from types import SimpleNamespace

from ministack.services import s3

FOLDERS = 4096


def apply() -> None:
    """Cache the real path of folders by their path."""
    resolve = os.path.realpath
    of_folder = lru_cache(FOLDERS)(resolve)

    def resolved(path: str) -> str:
        folder, name = os.path.split(path)
        if name in {"", os.curdir, os.pardir} or os.path.islink(path):  # noqa: PTH114 - a Path costs what this saves
            return resolve(path)
        return os.path.join(of_folder(folder), name)  # noqa: PTH118

    s3.os = SimpleNamespace(**{**vars(os), "path": SimpleNamespace(**{**vars(os.path), "realpath": resolved})})
