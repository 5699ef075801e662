"""Asks the system what this process may do with a file."""

import os
from pathlib import Path

# The user that counts when a file is opened is the effective one; not every system can be asked about it.
EFFECTIVE = os.access in os.supports_effective_ids


def can_read(path: Path) -> bool:
    """Tell whether this process can read the file."""
    return os.access(path, os.R_OK, effective_ids=EFFECTIVE)


def can_enter(folder: Path) -> bool:
    """Tell whether this process can reach what is in the folder."""
    return os.access(folder, os.X_OK, effective_ids=EFFECTIVE)


def can_write(path: Path) -> bool:
    """Try whether this process can write the file, or make it in its folder: some disks say so only when asked to."""
    is_new = not path.exists()
    try:
        path.open("ab").close()
        if is_new:
            path.unlink()
    except OSError:
        return False
    return True
