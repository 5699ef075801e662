"""Writes an object's bytes and its description so that both are the new ones or both the old ones, after a kill too.

Both are written beside their places first. The description then takes its place, which decides; the bytes follow.
"""

import contextlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

DESCRIPTION = ".meta.json"
BESIDE = ".tmp"


def replace(path: str, description: bytes, content: bytes | None) -> None:
    """Store an object's description and, where given, its bytes. Raises OSError where the disk does not take them."""
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
    """Give a file a second name, as a copy where the file system has no links. Neither is ever changed in place."""
    with contextlib.suppress(OSError):
        os.link(source, target)
        return
    _write(target + BESIDE, Path(source).read_bytes())
    os.replace(target + BESIDE, target)  # noqa: PTH105


def mend(folder: Path) -> None:
    """Finish or discard what a killed process was storing below the folder."""
    beside = [Path(place) / name for place, _, names in os.walk(folder) for name in names if name.endswith(BESIDE)]
    decided = [path for path in beside if _is_decided(path)]
    for path in decided:
        path.replace(path.with_suffix(""))
    discard(path for path in beside if path not in decided)


def _is_decided(path: Path) -> bool:
    """Whether these are an object's bytes whose description has taken its place."""
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
    """Remove files, as far as the disk lets them go."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
