"""Makes EPS files for tests."""

import shutil
import struct

import pytest

from function.postscript import ghostscript

RED, GREEN, BLUE = "1 0 0 setrgbcolor", "0 1 0 setrgbcolor", "0 0 1 setrgbcolor"

needs_ghostscript = pytest.mark.skipif(
    not shutil.which(ghostscript.COMMAND), reason="Ghostscript is not installed on this machine"
)


def eps(program: str, box: str = "%%BoundingBox: 100 200 300 300", trailer: str = "") -> bytes:
    """Make an EPS file with this program; the default box is 200 x 100 points, away from the origin."""
    return f"%!PS-Adobe-3.0 EPSF-3.0\n{box}\n%%EndComments\n{program}\nshowpage\n%%EOF\n{trailer}".encode()


def red_and_blue() -> bytes:
    """Make an EPS file that is red on the left and blue on the right."""
    return eps(f"{RED} 100 200 100 100 rectfill {BLUE} 200 200 100 100 rectfill")


def attack_result(mischief: str) -> bytes:
    """Make a drawing that is red if the attack succeeds, and green if it is refused."""
    return eps(f"{{ {mischief} }} stopped {{ {GREEN} }} {{ {RED} }} ifelse clippath fill")


def with_dos_preview(postscript: bytes, preview: bytes = b"II*\x00" + bytes(100)) -> bytes:
    """Add a preview, in the DOS EPS format."""
    begin = 30
    head = struct.pack("<4s6IH", b"\xc5\xd0\xd3\xc6", begin, len(postscript), 0, 0, begin + len(postscript), 104, 65535)
    return head + postscript + preview
