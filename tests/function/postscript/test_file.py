"""What of a file is PostScript."""

import io
import struct

import pytest

from function.postscript import file
from function.postscript.messages import MOST_BYTES, Refusal, RefusedError
from tests.support.eps_files import red_and_blue, with_dos_preview


def refusal(content: bytes) -> Refusal:
    with pytest.raises(RefusedError) as refused:
        file.program(io.BytesIO(content))
    return refused.value.refusal


@pytest.mark.parametrize("content", [red_and_blue(), with_dos_preview(red_and_blue())])
def test_the_program_alone_is_drawn(content: bytes) -> None:
    assert file.is_postscript(content[:4])
    assert file.program(io.BytesIO(content)) == red_and_blue()


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0", b"%PDF-1.7", b"", b"%!P"])
def test_other_files_are_none_of_it(content: bytes) -> None:
    assert not file.is_postscript(content)


@pytest.mark.parametrize(
    "content", [with_dos_preview(red_and_blue())[:100], b"\xc5\xd0\xd3\xc6" + struct.pack("<II", 1 << 30, 9)]
)
def test_a_program_that_is_not_all_there_is_broken(content: bytes) -> None:
    assert refusal(content) == Refusal.BROKEN


def test_what_says_that_it_is_longer_than_what_is_drawn_is_not_read() -> None:
    assert refusal(b"\xc5\xd0\xd3\xc6" + struct.pack("<II", 0, MOST_BYTES + 1)) == Refusal.LARGE
