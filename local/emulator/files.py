"""Writes an object's bytes and its description atomically: after a kill, both are new or both are old.

Both are first written to temporary names. Renaming the description commits the change; the bytes are renamed next.
"""

import contextlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

DESCRIPTION = ".meta.json"
BESIDE = ".tmp"


def replace(path: str, description: bytes, content: bytes | None) -> None:
    """Store an object's description and, if given, its bytes. Raises OSError if the disk fails."""
    written = {path + DESCRIPTION: description}
    if content is not None:
        written[path] = content
    try:
        for place, data in written.items():
            _write(place + BESIDE, data)
        for place in written:
            os.replace(place + BESIDE, place)  # noqa: PTH105 - MiniStack's paths are texts
    except OSError:
        if os.path.exists(path + DESCRIPTION + BESIDE):  # noqa: PTH110
            discard(Path(place + BESIDE) for place in written)
        raise


def link(source: str, target: str) -> None:
    """Link a file to a second name, or copy it if the file system has no links. Neither is changed in place later."""
    with contextlib.suppress(OSError):
        os.link(source, target)
        return
    _write(target + BESIDE, Path(source).read_bytes())
    os.replace(target + BESIDE, target)  # noqa: PTH105


def mend(folder: Path) -> None:
    """Complete or roll back the changes that a killed process left below the folder."""
    beside = [Path(place) / name for place, _, names in os.walk(folder) for name in names if name.endswith(BESIDE)]
    decided = [path for path in beside if _is_decided(path)]
    for path in decided:
        path.replace(path.with_suffix(""))
    discard(path for path in beside if path not in decided)


def _is_decided(path: Path) -> bool:
    """Tell whether the description of these bytes was renamed, that is, whether the change is committed."""
    description = Path(f"{path.with_suffix('')}{DESCRIPTION}")
    if path.name.endswith(DESCRIPTION + BESIDE) or Path(f"{description}{BESIDE}").exists():
        return False
    try:
        size: object = json.loads(description.read_bytes()).get("size")
        return size == path.stat().st_size
    except (OSError, ValueError, AttributeError):
        return False


def _write(place: str, data: bytes) -> None:
    try:
        with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123
            file.write(data)
    except OSError:
        discard([Path(place)])
        raise


def discard(paths: Iterable[Path]) -> None:
    """Remove files, and ignore errors of the disk."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
