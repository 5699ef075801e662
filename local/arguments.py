"""Parses the arguments of the command line; a wrong one ends with one line that says which values are accepted."""

import argparse
from pathlib import Path
from typing import NoReturn

from local.library.permissions import can_write

HIGHEST_PORT = 65535
USAGE_ERROR = 2


class Parser(argparse.ArgumentParser):
    """A parser that reports an error in one line, as all other errors of the command line."""

    def error(self, message: str) -> NoReturn:
        """Print the line and end with status 2."""
        self.exit(USAGE_ERROR, f"safelight: {message}; `{self.prog} --help` lists what there is\n")


def port(text: str) -> int:
    """Parse a TCP port."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 1 to {HIGHEST_PORT}, such as PORT=8484")


def folder(text: str) -> Path:
    """Parse a path and expand `~`, which make and scripts do not."""
    if not text:
        raise argparse.ArgumentTypeError("the name is empty; give the name of a folder")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise argparse.ArgumentTypeError(f"{text!r} names the home of an unknown user; give the whole path") from None


def report(text: str) -> Path:
    """Parse the path of the report, and check before a long run that it can be written."""
    path = folder(text)
    if path.is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} is a folder; give the name of a file in it")
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"the folder {str(path.parent)!r} does not exist; make it first")
    if not can_write(path):
        raise argparse.ArgumentTypeError(
            f"{text!r} cannot be written: its permissions or its disk forbid it; give another place"
        )
    return path
