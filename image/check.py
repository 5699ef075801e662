"""Finds what the image lacks: `python3 -m image.check`, within the image; imports every module, loads every library."""

import ctypes
import importlib
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path


def main() -> int:
    """Tell what does not load, with the reason; 0 when all does."""
    root = Path.cwd()
    modules, libraries = _modules(root), [path.as_posix() for path in sorted(root.rglob("*.so*"))]
    faults = [*_faults(importlib.import_module, modules), *_faults(_load, libraries)]
    print(*faults, f"{len(modules)} modules and {len(libraries)} libraries, of which {len(faults)} fail", sep="\n")
    return 1 if faults else 0


def _modules(root: Path) -> list[str]:
    found = [module.name for module in pkgutil.walk_packages([str(root / "function")], "function.")]
    return [name for name in found if not name.endswith(".__main__")]


def _load(path: str) -> None:
    # Every symbol at once: also what no import of ours comes to is found.
    ctypes.CDLL(path, os.RTLD_NOW)


def _faults(load: Callable[[str], object], names: list[str]) -> Iterator[str]:
    for name in names:
        try:
            load(name)
        except (ImportError, OSError) as fault:
            yield f"{name}: {fault}"


if __name__ == "__main__":
    sys.exit(main())
