"""Finds the PostScript in a file. DOS EPS files hold a preview beside it, which is skipped."""

import os
import struct
from typing import BinaryIO, Final

from function.files.formats import DOS_POSTSCRIPT, POSTSCRIPT
from function.postscript.messages import MOST_BYTES, Refusal, RefusedError

# The header of DOS EPS: magic bytes, offset and length of the PostScript. Those of the previews follow.
DOS_HEAD: Final = struct.Struct("<4sII")


def is_postscript(head: bytes) -> bool:
    """Check whether a file that starts with these bytes is PostScript or EPS."""
    return head.startswith((POSTSCRIPT, DOS_POSTSCRIPT))


def program(photo: BinaryIO) -> bytes:
    """Read the PostScript of a file. Raises RefusedError where it is above MOST_BYTES or truncated."""
    photo.seek(0)
    head = photo.read(DOS_HEAD.size)
    begin, length = 0, photo.seek(0, os.SEEK_END)
    if head.startswith(DOS_POSTSCRIPT) and len(head) == DOS_HEAD.size:
        _, begin, length = DOS_HEAD.unpack(head)
    if length > MOST_BYTES:
        raise RefusedError(Refusal.LARGE)
    photo.seek(begin)
    found = photo.read(length)
    if len(found) < length:
        raise RefusedError(Refusal.BROKEN)
    return found
