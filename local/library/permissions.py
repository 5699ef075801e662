"""Checks this process's permissions for files."""

import os
from pathlib import Path

# Opening a file checks the effective user; not every system supports that in `os.access`.
EFFECTIVE = os.access in os.supports_effective_ids


def can_read(path: Path) -> bool:
    """Tell whether this process can read the file."""
    return os.access(path, os.R_OK, effective_ids=EFFECTIVE)


def can_enter(folder: Path) -> bool:
    """Tell whether this process can access files in the folder."""
    return os.access(folder, os.X_OK, effective_ids=EFFECTIVE)


def can_write(path: Path) -> bool:
    """Tell whether this process can write the file, or create it in its folder, by trying: some disks refuse late."""
    is_new = not path.exists()
    try:
        path.open("ab").close()
        if is_new:
            path.unlink()
    except OSError:
        return False
    return True
