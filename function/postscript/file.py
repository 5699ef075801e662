"""Where in a file the PostScript is: an EPS file of DOS's kind has a preview around it, which nobody needs."""

import os
import struct
from typing import BinaryIO, Final

from function.files.formats import DOS_POSTSCRIPT, POSTSCRIPT
from function.postscript.messages import MOST_BYTES, Refusal, RefusedError

# Of DOS's kind: its signature, and where the PostScript begins and how long it is. The same of its previews follows.
DOS_HEAD: Final = struct.Struct("<4sII")


def is_postscript(head: bytes) -> bool:
    """Whether a file that begins with these bytes is PostScript or EPS."""
    return head.startswith((POSTSCRIPT, DOS_POSTSCRIPT))


def program(photo: BinaryIO) -> bytes:
    """The PostScript of a file. Raises RefusedError where it is too large to be drawn, or not all there."""
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
