"""Ghostscript draws what it is given, and can do nothing else."""

import contextlib
import io
import resource
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from function.postscript import ghostscript
from function.postscript.messages import MOST_PACKED_BYTES, Refusal, RefusedError
from function.postscript.page import sheet
from tests.support.eps_files import BLUE, GREEN, RED, attack_result, eps, needs_ghostscript, red_and_blue

pytestmark = needs_ghostscript


def drawn(postscript: bytes, longest: int = 64) -> Image.Image:
    return Image.open(io.BytesIO(ghostscript.draw(postscript, sheet(postscript, longest)))).convert("RGB")


def refusal(postscript: bytes, longest: int = 64) -> Refusal:
    with pytest.raises(RefusedError) as refused:
        drawn(postscript, longest)
    return refused.value.refusal


def colours(picture: Image.Image) -> set[Any]:
    return {colour for _, colour in picture.getcolors(1 << 16) or ()}


def test_the_box_is_drawn_and_nothing_beside_it() -> None:
    picture = drawn(red_and_blue())
    assert picture.size == (64, 32)
    assert [picture.getpixel((x, y)) for y in (0, 31) for x in (0, 63)] == [(255, 0, 0), (0, 0, 255)] * 2


@pytest.mark.parametrize(
    "program",
    [
        f"initgraphics {RED} 100 200 200 100 rectfill",
        f"<</PageSize [9 9]>> setpagedevice {RED} 100 200 200 100 rectfill",
        f"<</HWResolution [9000 9000]>> setpagedevice initmatrix {RED} 0 0 300 300 rectfill",
    ],
)
def test_a_program_does_not_choose_another_sheet(program: str) -> None:
    picture = drawn(eps(program))
    assert (picture.size, picture.getpixel((32, 16))) == ((64, 32), (255, 0, 0))


def test_a_drawing_that_shows_no_page_is_shown() -> None:
    assert colours(drawn(red_and_blue().replace(b"showpage", b""))) == {(255, 0, 0), (0, 0, 255)}


def test_the_first_page_counts() -> None:
    first, both = (eps(f"{RED} clippath fill{more}") for more in ("", f" showpage {BLUE} clippath fill"))
    assert colours(drawn(both)) == {(255, 0, 0)}
    assert ghostscript.draw(both, sheet(both, 64)) == ghostscript.draw(first, sheet(first, 64))


def test_what_it_prints_is_not_in_the_picture() -> None:
    assert colours(drawn(eps(f"(hello) print (%stdout) (w) file (x) writestring {GREEN} clippath fill"))) == {
        (0, 255, 0)
    }


# What is refused leaves the drawing green.
MISCHIEF = {
    "reads a file of the system": "(/etc/passwd) (r) file",
    "runs a file of the system": "(/etc/passwd) run",
    "reads its own process": "(/proc/self/environ) (r) file",
    "lists a folder": "false (/etc/*) { pop pop true } 256 string filenameforall not { stop } if",
    "writes a file": "(TARGET) (w) file dup (x) writestring closefile",
    "appends to a file": "(TARGET) (a) file dup (x) writestring closefile",
    "deletes a file": "(KEPT) deletefile",
    "renames a file": "(KEPT) (TARGET) renamefile",
    "starts a program": "(%pipe%touch TARGET) (w) file",
    "reads a secret": "(AWS_SECRET_ACCESS_KEY) getenv not { stop } if",
}


@pytest.mark.parametrize("mischief", MISCHIEF.values(), ids=MISCHIEF)
def test_a_drawing_has_no_way_out(mischief: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    kept, target = tmp_path / "kept", tmp_path / "target"
    kept.write_text("kept")
    assert colours(drawn(attack_result(mischief.replace("TARGET", str(target)).replace("KEPT", str(kept))))) == {
        (0, 255, 0)
    }
    assert list(tmp_path.iterdir()) == [kept]


@pytest.mark.parametrize("output", ["%pipe%touch TARGET", "|touch TARGET", "TARGET"])
@pytest.mark.parametrize("device", ["png16m", "uniprint", "pdfwrite"])
def test_a_drawing_goes_nowhere_else(output: str, device: str, tmp_path: Path) -> None:
    asked = f"/OutputFile ({output.replace('TARGET', f'{tmp_path}/target')}) /OutputDevice /{device}"
    # Whether it is refused or not heard, is Ghostscript's own affair.
    with contextlib.suppress(RefusedError):
        drawn(eps(f"<<{asked}>> setpagedevice showpage"))
    assert list(tmp_path.iterdir()) == []


def test_what_it_leaves_in_its_folder_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    drawn(eps("null (w) .tempfile (x) writestring pop"))
    assert list(tmp_path.iterdir()) == []


def test_an_error_breaks_the_drawing() -> None:
    assert refusal(eps(f"{RED} clippath fill undefinedthing")) == Refusal.BROKEN


def test_a_drawing_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ghostscript, "SECONDS", 0.5)
    assert refusal(eps("{ } loop")) == Refusal.TIMEOUT


def test_a_drawing_of_all_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ghostscript, "LIMITS", {**ghostscript.LIMITS, resource.RLIMIT_DATA: 64 << 20})
    assert refusal(eps("[ { 65000 string } loop")) == Refusal.BROKEN


def test_a_file_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {**ghostscript.LIMITS, resource.RLIMIT_FSIZE: 1 << 20}
    monkeypatch.setattr(ghostscript, "LIMITS", limits)
    assert refusal(eps("/f null (w) .tempfile exch pop def { f 60000 string writestring } loop")) == Refusal.BROKEN


def test_a_drawing_with_noise_comes_with_hardly_any_loss() -> None:
    noise = "/line 512 string def 512 512 8 [512 0 0 512 0 0] { 0 1 511 { line exch rand 256 mod put } for line } image"
    postscript = eps(f"gsave 100 200 translate 200 100 scale {noise} grestore")
    picture = ghostscript.draw(postscript, sheet(postscript, 8000))
    assert len(picture) <= MOST_PACKED_BYTES
    assert Image.open(io.BytesIO(picture)).size == (8000, 4000)


def test_without_ghostscript_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refusal(red_and_blue()) == Refusal.NO_GHOSTSCRIPT
