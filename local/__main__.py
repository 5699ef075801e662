"""The command line: `python -m local run | serve | import | backfill | ...`, which the Makefile calls."""

import argparse
import gc
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

# Until the library is open: to look for garbage among modules, of which there is none, takes a fifth of a start.
gc.disable()

from function.settings import SettingsError
from infra.settings import ConfigurationError
from local import commands
from local.emulator.process import StartError
from local.intake import FolderError, StalledError
from local.library import DEFAULT_FOLDER, DEFAULT_PORT, STACK
from local.makers import UnknownTypeError
from local.program import UnknownStackError, stacks
from local.upkeep import UpkeepError

# What a person can mend: one line, without a stack trace.
MENDABLE = (
    *(ConfigurationError, SettingsError, StartError, FolderError, StalledError, UnknownStackError, UnknownTypeError),
    UpkeepError,
)
UPKEEP = {
    "backfill": (commands.backfill, "take in what lies in the bucket, and renew what a changed recipe made stale"),
    "rebuild-index": (commands.rebuild_index, "empty the index and make it again of what lies in the buckets"),
    "replay": (commands.replay, "try again all that was given up"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did what it says, 1 when something has to be mended first, 130 after Ctrl-C."""
    # `kill` ends a run like Ctrl-C does, in good order, also one that a script put into the background.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    given = _parser().parse_args(arguments)
    try:
        given.command(given)
    except MENDABLE as error:
        print(f"safelight: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    known = parser.add_subparsers(required=True, metavar="COMMAND")

    run = known.add_parser("run", help="open the library, take photos in, and serve the gallery until Ctrl-C")
    run.add_argument("photos", nargs="?", type=_path, help="a folder of photos; without it, a dozen are drawn")
    _place(run)
    run.set_defaults(command=commands.run)

    serve = known.add_parser("serve", help="serve the library; prints one JSON line with addresses and keys")
    _place(serve)
    serve.set_defaults(command=commands.serve)

    taken = known.add_parser("import", help="take a folder of photos in, write a report and stop")
    taken.add_argument("photos", type=_path, help="a folder of photos")
    taken.add_argument("--report", type=_path, required=True, help="where to write the report (JSON)")
    _place(taken, port=None)
    taken.set_defaults(command=commands.take_in)

    for name, (command, text) in UPKEEP.items():
        kept = known.add_parser(name, help=text)
        _place(kept, port=None)
        kept.set_defaults(command=command)

    stack = known.add_parser("stack", help="show what the Pulumi program declares")
    stack.add_argument("--json", action="store_true", help="every resource, with its inputs and outputs")
    stack.add_argument("--stack", default=STACK, help=f"which configuration: {', '.join(stacks())} (default {STACK})")
    stack.set_defaults(command=commands.show_stack)

    clean = known.add_parser("clean", help="empty the library: delete its folder")
    clean.add_argument("--data", type=_path, default=DEFAULT_FOLDER, help="the library's folder")
    clean.set_defaults(command=commands.clean)
    return parser


def _place(parser: argparse.ArgumentParser, port: int | None = DEFAULT_PORT) -> None:
    parser.add_argument("--port", type=int, default=port, help=f"the gallery's port (default {port or 'any'})")
    parser.add_argument("--data", type=_path, default=DEFAULT_FOLDER, help="the library's folder (default %(default)s)")
    parser.add_argument("--eps", action="store_true", help="draw EPS and PostScript too, by this machine's Ghostscript")
    parser.add_argument(
        "--image", help="run the functions in this image, by Docker on Linux, instead of by this Python"
    )


def _path(text: str) -> Path:
    # make hands ~ over as it is.
    return Path(text).expanduser()


if __name__ == "__main__":
    sys.exit(main())
