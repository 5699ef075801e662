"""EPS files, as tests draw them."""

import shutil
import struct

import pytest

from function.postscript import ghostscript

RED, GREEN, BLUE = "1 0 0 setrgbcolor", "0 1 0 setrgbcolor", "0 0 1 setrgbcolor"

needs_ghostscript = pytest.mark.skipif(
    not shutil.which(ghostscript.COMMAND), reason="Ghostscript is not installed on this machine"
)


def eps(program: str, box: str = "%%BoundingBox: 100 200 300 300", trailer: str = "") -> bytes:
    """An EPS file with this program; its box is 200 x 100 points, away from the corner, unless another is given."""
    return f"%!PS-Adobe-3.0 EPSF-3.0\n{box}\n%%EndComments\n{program}\nshowpage\n%%EOF\n{trailer}".encode()


def red_and_blue() -> bytes:
    """Red at the left, blue at the right, in all of its box."""
    return eps(f"{RED} 100 200 100 100 rectfill {BLUE} 200 200 100 100 rectfill")


def attack_result(mischief: str) -> bytes:
    """A drawing that is red where the mischief succeeds, and green where it is refused."""
    return eps(f"{{ {mischief} }} stopped {{ {GREEN} }} {{ {RED} }} ifelse clippath fill")


def with_dos_preview(postscript: bytes, preview: bytes = b"II*\x00" + bytes(100)) -> bytes:
    """The same with a preview, in DOS's kind of file."""
    begin = 30
    head = struct.pack("<4s6IH", b"\xc5\xd0\xd3\xc6", begin, len(postscript), 0, 0, begin + len(postscript), 104, 65535)
    return head + postscript + preview
