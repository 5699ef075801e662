"""Records failures of the disk in this run, so that the next start repairs the library."""

from threading import Event

# The exit code of an embedded AWS that could not store everything, instead of 0.
INCOMPLETE = 74  # EX_IOERR of sysexits.h
_happened = Event()


def note() -> None:
    """Record that something was not stored."""
    _happened.set()


def exit_code() -> int:
    """Return the code with which the process ends."""
    return INCOMPLETE if _happened.is_set() else 0
