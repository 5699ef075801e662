"""Checks the image from within, `python3 -m image.check`: imports every module, loads every shared library."""

import ctypes
import importlib
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path


def main() -> int:
    """Print each module or library that fails to load, with the reason. Returns 0 if all load."""
    root = Path.cwd()
    modules, libraries = _modules(root), [path.as_posix() for path in sorted(root.rglob("*.so*"))]
    faults = [*_faults(importlib.import_module, modules), *_faults(_load, libraries)]
    print(*faults, f"{len(modules)} modules and {len(libraries)} libraries, of which {len(faults)} fail", sep="\n")
    return 1 if faults else 0


def _modules(root: Path) -> list[str]:
    found = [module.name for module in pkgutil.walk_packages([str(root / "function")], "function.")]
    return [name for name in found if not name.endswith(".__main__")]


def _load(path: str) -> None:
    # RTLD_NOW resolves every symbol, also those that no import of ours uses.
    ctypes.CDLL(path, os.RTLD_NOW)


def _faults(load: Callable[[str], object], names: list[str]) -> Iterator[str]:
    for name in names:
        try:
            load(name)
        except (ImportError, OSError) as fault:
            yield f"{name}: {fault}"


if __name__ == "__main__":
    sys.exit(main())
