"""The command line: `python -m local run | serve | import | backfill | ...`, which the Makefile calls."""

import gc
import os
import signal

INTERRUPTED = 130  # a shell's code for a program that Ctrl-C ended

if __name__ == "__main__":
    # To import takes a second, or several on a busy machine. Nothing is open yet that would have to be closed.
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
# Until the library is open: to look for garbage among modules, of which there is none, takes a fifth of a start.
gc.disable()

import argparse
import io
import sys
from collections.abc import Sequence

from function.settings.settings import SettingsError
from infra.settings import ConfigurationError
from infra.version import VERSION
from local import arguments, commands, crash
from local.emulator.credentials import CredentialsError
from local.emulator.process import StartError
from local.library.importer import StalledError
from local.library.library import DEFAULT_FOLDER, DEFAULT_PORT, STACK
from local.library.maintenance import UpkeepError
from local.library.photo_folder import FolderError
from local.library.space import NoRoomError
from local.provider import UnknownTypeError
from local.stack.program import UnknownStackError, stacks

# Errors that a user can mend: their message is printed, and nothing else.
MENDABLE = (
    *(ConfigurationError, SettingsError, StartError, FolderError, StalledError, UnknownStackError, UnknownTypeError),
    *(UpkeepError, CredentialsError, NoRoomError),
)
UPKEEP = {
    "backfill": (commands.backfill, "import photos that are in the bucket only, and renew stale renditions"),
    "rebuild-index": (commands.rebuild_index, "empty the index and make it again from the buckets"),
    "replay": (commands.replay, "try again all photos that failed after several tries"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns 0 when it did what it says, 1 when something has to be mended first, 130 after Ctrl-C; ends with 2 where
    the command or its arguments are wrong.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # names of files need not be valid text
    given = _parser().parse_args(words)
    try:
        # `kill` ends a run like Ctrl-C does, in good order, also one that a script put into the background.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.default_int_handler)
        given.command(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the output, such as `head`, has ended. Python would complain of it once more at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line of defence: no stack trace reaches a user
        print(f"safelight: {_explained(error)}", file=sys.stderr)
        return 1
    return 0


def _explained(error: Exception) -> str:
    """The one line that a user reads of an error."""
    if isinstance(error, MENDABLE):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        name = os.fsdecode(error.filename)
        return f"{name} cannot be used ({error.strerror}); look at its permissions and at the space on its disk"
    return f"stopped by an error of its own; the details are in {crash.write(error)}, to be sent with a report of it"


def _parser() -> argparse.ArgumentParser:
    parser = arguments.Parser(prog="python -m local", description=__doc__)
    parser.add_argument("--version", action="version", version=f"Safelight {VERSION}")
    known = parser.add_subparsers(required=True, metavar="COMMAND")

    run = known.add_parser("run", help="open the library, import photos, and serve the gallery until Ctrl-C")
    run.add_argument(
        "photos",
        nargs="?",
        type=arguments.folder,
        help="a folder of photos; without it, a new library gets a dozen drawn photos",
    )
    _place(run)
    run.set_defaults(command=commands.run)

    serve = known.add_parser(
        "serve", help="serve the library; prints one JSON line with addresses and keys, also of a run that has it open"
    )
    _place(serve)
    serve.set_defaults(command=commands.serve)

    taken = known.add_parser("import", help="import a folder of photos, write a report and stop")
    taken.add_argument("photos", type=arguments.folder, help="a folder of photos")
    taken.add_argument("--report", type=arguments.report, required=True, help="the report, a JSON file to write")
    _place(taken, port=None)
    taken.set_defaults(command=commands.take_in)

    for name, (command, text) in UPKEEP.items():
        kept = known.add_parser(name, help=text)
        _place(kept, port=None)
        kept.set_defaults(command=command)

    stack = known.add_parser("stack", help="list the resources that the Pulumi program declares")
    stack.add_argument("--json", action="store_true", help="every resource, with its inputs and outputs")
    stack.add_argument("--stack", default=STACK, help=f"which configuration: {', '.join(stacks())} (default {STACK})")
    stack.set_defaults(command=commands.show_stack)

    clean = known.add_parser("clean", help="delete the library: its folder, with all photos in it")
    clean.add_argument("--data", type=arguments.folder, default=DEFAULT_FOLDER, help="the library's folder")
    clean.set_defaults(command=commands.clean)
    return parser


def _place(parser: argparse.ArgumentParser, port: int | None = DEFAULT_PORT) -> None:
    parser.add_argument(
        "--port", type=arguments.port, default=port, help=f"the gallery's port (default {port or 'any'})"
    )
    parser.add_argument(
        "--data", type=arguments.folder, default=DEFAULT_FOLDER, help="the library's folder (default %(default)s)"
    )
    parser.add_argument(
        "--eps", action="store_true", help="show EPS and PostScript too, with this machine's Ghostscript"
    )
    parser.add_argument(
        "--image", help="run the functions in this image, by Docker on Linux, instead of by this Python"
    )


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # All is stopped and stored by now; to take Pulumi's modules apart would be most of the time that a stop takes.
    os._exit(code)
