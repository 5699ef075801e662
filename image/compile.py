"""Compiles a folder before it is copied into the image: `python3 -m image.compile FOLDER TARGET`.

A function's file system is read-only, so that each cold start would compile all sources again. All files become
readable for every user, whatever the umask of the build.
"""

import compileall
import sys
from pathlib import Path
from py_compile import PycInvalidationMode

READABLE, SEARCHABLE = 0o644, 0o755


def main() -> None:
    """Compile for the target path in the image, and make all files readable."""
    folder, target = Path(sys.argv[1]), sys.argv[2]
    compileall.compile_dir(
        folder,
        stripdir=folder,
        prependdir=target,
        quiet=1,
        workers=0,
        # The files never change again, so that Python need not compare them with their sources.
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    for path in (folder, *folder.rglob("*")):
        path.chmod(SEARCHABLE if path.is_dir() else READABLE)


if __name__ == "__main__":
    main()
