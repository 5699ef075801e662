"""Draws PostScript by Ghostscript, whose only input is the program on its standard input."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from typing import IO

from function.postscript.messages import MOST_PACKED_BYTES, Refusal, RefusedError
from function.postscript.page import Sheet

COMMAND = "gs"
# The time-out of drawing. The function's own is a little longer.
SECONDS = 20
# Ghostscript's limits: memory and file size in bytes, processor time in seconds, no child process, no core dump.
LIMITS = {
    resource.RLIMIT_DATA: 768 << 20,
    resource.RLIMIT_FSIZE: 256 << 20,
    resource.RLIMIT_CPU: SECONDS,
    resource.RLIMIT_NPROC: 0,
    resource.RLIMIT_CORE: 0,
}
# Lossless first; where that is too large for the response, as with a scan, a JPEG of high quality.
DEVICES = (("-sDEVICE=png16m",), ("-sDEVICE=jpeg", "-dJPEGQ=92"))
# SAFER denies every file but fonts and the temporary folder, and no switch here permits one. The program's own output
# goes to standard error, apart from the picture. Pixels stay in memory, and only the first page is drawn.
SWITCHES = (
    *("-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-P-", "-sstdout=%stderr", "-sOutputFile=%stdout"),
    *("-dLastPage=1", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", "-dMaxBitmap=400000000"),
)


def draw(postscript: bytes, sheet: Sheet) -> bytes:
    """Draw the first page. Returns it as PNG or JPEG. Raises RefusedError."""
    deadline = time.monotonic() + SECONDS
    for device in DEVICES:
        picture = _run(postscript, [*_command(sheet), *device, *_program(sheet)], deadline)
        if len(picture) <= MOST_PACKED_BYTES:
            return picture
    raise RefusedError(Refusal.LARGE)


def _run(postscript: bytes, command: list[str], deadline: float) -> bytes:
    # The two files have no names, so the program cannot open them. The folder is the only other place it may write to.
    with tempfile.TemporaryFile() as program, tempfile.TemporaryFile() as picture, _folder() as folder:
        program.write(postscript)
        program.seek(0)
        if _exit_code(_start(command, program, picture, folder), deadline):
            raise RefusedError(Refusal.BROKEN)
        picture.seek(0)
        return picture.read(MOST_PACKED_BYTES + 1)


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(ignore_cleanup_errors=True)


def _command(sheet: Sheet) -> tuple[str, ...]:
    ghostscript = shutil.which(COMMAND)
    if not ghostscript:
        raise RefusedError(Refusal.NO_GHOSTSCRIPT)
    # Both switches also keep the program from changing the page's size.
    return ghostscript, *SWITCHES, f"-g{sheet.width}x{sheet.height}", f"-r{sheet.resolution:.6f}"


def _program(sheet: Sheet) -> tuple[str, ...]:
    # A translation in Install survives the program's own initgraphics.
    corner = f"<</Install {{{-sheet.left:.6f} {-sheet.bottom:.6f} translate}}>> setpagedevice"
    return "-c", corner, "-f", "-_"


def _start(command: list[str], program: IO[bytes], picture: IO[bytes], folder: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=program,
        stdout=picture,
        stderr=subprocess.DEVNULL,
        env={"TMPDIR": folder},
        cwd=folder,
        start_new_session=True,
        preexec_fn=_limit,  # noqa: PLW1509 - the callers have no other thread
    )


def _exit_code(process: subprocess.Popen[bytes], deadline: float) -> int:
    try:
        return process.wait(max(0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise RefusedError(Refusal.TIMEOUT) from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _limit() -> None:
    for kind, most in LIMITS.items():
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most, most) if hard == resource.RLIM_INFINITY or hard >= most else (hard, hard))
