"""Remembers that the disk refused something in this run, so that the next start looks for what is missing."""

from threading import Event

# The exit code of an embedded AWS that could not store everything; 0 where all is on the disk.
INCOMPLETE = 74  # EX_IOERR of sysexits.h
_happened = Event()


def note() -> None:
    """Remember that something was not stored."""
    _happened.set()


def exit_code() -> int:
    """Return the code with which the process ends."""
    return INCOMPLETE if _happened.is_set() else 0
