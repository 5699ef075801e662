"""Makes a folder ready to be copied into the image: `python3 -m image.compile FOLDER PLACE`.

Bytecode beside every source, since the file system of a function is read-only and a cold start would compile all of it
again, each time; and readable by whoever the function runs as, whatever the umask of who builds.
"""

import compileall
import sys
from pathlib import Path
from py_compile import PycInvalidationMode

READABLE, SEARCHABLE = 0o644, 0o755


def main() -> None:
    """Compile for the place where the folder's content will lie, and open it to every reader."""
    folder, place = Path(sys.argv[1]), sys.argv[2]
    compileall.compile_dir(
        folder,
        stripdir=folder,
        prependdir=place,
        quiet=1,
        workers=0,
        # The files never change again, so nobody has to look whether they did.
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    for path in (folder, *folder.rglob("*")):
        path.chmod(SEARCHABLE if path.is_dir() else READABLE)


if __name__ == "__main__":
    main()
