"""Runs the command line `python -m local run | serve | import | backfill | ...`, which the Makefile calls."""

import gc
import os
import signal

INTERRUPTED = 130  # a shell's code for a program that Ctrl-C ended

if __name__ == "__main__":
    # The imports take a second, or several on a busy machine. Nothing is open yet that would have to be closed.
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
# Until the library is open: collecting garbage among modules, without any result, takes a fifth of a start.
gc.disable()

import argparse
import io
import sys
from collections.abc import Sequence

from pulumi import RunError

from function.settings.settings import SettingsError
from image.gallery import GalleryError
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

# Errors that a user can correct: only their message is printed.
MENDABLE = (
    *(ConfigurationError, SettingsError, StartError, FolderError, StalledError, UnknownStackError, UnknownTypeError),
    *(UpkeepError, CredentialsError, NoRoomError, GalleryError, RunError),
)
UPKEEP = {
    "backfill": (commands.backfill, "import photos that are in the bucket only, and renew stale renditions"),
    "rebuild-index": (commands.rebuild_index, "empty the index and make it again from the buckets"),
    "replay": (commands.replay, "try again all photos that failed after several tries"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns 0 on success, 1 on an error that the user can correct, 130 after Ctrl-C; exits with 2 for a wrong command
    or wrong arguments.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # file names need not be valid text
    given = _parser().parse_args(words)
    try:
        # SIGTERM stops a run in good order, as Ctrl-C does, also in the background of a script.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.default_int_handler)
        given.command(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the output, such as `head`, has ended. Python would report that again when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line of defence: no stack trace reaches a user
        print(f"safelight: {_explain(error)}", file=sys.stderr)
        return 1
    return 0


def _explain(error: Exception) -> str:
    """Return the line that a user reads of an error."""
    if isinstance(error, MENDABLE):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        name = os.fsdecode(error.filename)
        return f"{name} cannot be used ({error.strerror}); look at its permissions and at the space on its disk"
    return f"stopped by an error of its own; the details are in {crash.write(error)}, to be sent with a report of it"


def _parser() -> argparse.ArgumentParser:
    parser = arguments.Parser(prog="python -m local", description=__doc__)
    parser.add_argument("--version", action="version", version=f"Safelight {VERSION}")
    subcommands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = subcommands.add_parser("run", help="open the library, import photos, and serve the gallery until Ctrl-C")
    run.add_argument(
        "photos",
        nargs="?",
        type=arguments.folder,
        help="a folder of photos; without it, a new library gets a dozen drawn photos",
    )
    _add_library_arguments(run)
    run.set_defaults(command=commands.run)

    serve = subcommands.add_parser(
        "serve", help="serve the library; prints one JSON line with addresses and keys, also of a run that has it open"
    )
    _add_library_arguments(serve)
    serve.set_defaults(command=commands.serve)

    importing = subcommands.add_parser("import", help="import a folder of photos, write a report and stop")
    importing.add_argument("photos", type=arguments.folder, help="a folder of photos")
    importing.add_argument("--report", type=arguments.report, required=True, help="the report, a JSON file to write")
    _add_library_arguments(importing, port=None)
    importing.set_defaults(command=commands.import_photos)

    _add_other_commands(subcommands)
    return parser


def _add_other_commands(subcommands: "argparse._SubParsersAction[arguments.Parser]") -> None:
    for name, (command, text) in UPKEEP.items():
        maintaining = subcommands.add_parser(name, help=text)
        _add_library_arguments(maintaining, port=None)
        maintaining.set_defaults(command=command)

    stack = subcommands.add_parser("stack", help="list the resources that the Pulumi program declares")
    stack.add_argument("--json", action="store_true", help="every resource, with its inputs and outputs")
    stack.add_argument("--stack", default=STACK, help=f"which configuration: {', '.join(stacks())} (default {STACK})")
    stack.set_defaults(command=commands.show_stack)

    clean = subcommands.add_parser("clean", help="delete the library with all its photos, and no other file")
    clean.add_argument("--data", type=arguments.folder, default=DEFAULT_FOLDER, help="the library's folder")
    clean.set_defaults(command=commands.clean)


def _add_library_arguments(parser: argparse.ArgumentParser, port: int | None = DEFAULT_PORT) -> None:
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
    # Everything is stopped and stored; unloading Pulumi's modules would take most of the time of a stop.
    os._exit(code)
