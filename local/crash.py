"""Writes the details of an unexpected error into a file for developers, so that a user need not read them."""

import os
import tempfile
import traceback


def write(error: BaseException) -> str:
    """Write the stack trace of the error into a new file, readable by its owner alone, and return the file's path."""
    number, path = tempfile.mkstemp(prefix="safelight-error-", suffix=".log")
    with os.fdopen(number, "w", errors="backslashreplace") as file:
        traceback.print_exception(error, file=file)
    return path
