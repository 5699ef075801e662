"""The corpus tells pictures that look otherwise, and those that are worse than they were."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.corpus import baseline, pictures
from tests.corpus.__main__ import main
from tests.corpus.pictures import FAULT, Outcome
from tests.function.pictures import encoded, quarters


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    content = encoded(Image.fromarray(quarters()), "PNG").getvalue()
    (tmp_path / "whole.png").write_bytes(content)
    (tmp_path / "cut.png").write_bytes(content[: len(content) // 2])
    (tmp_path / "notes.txt").write_text("no picture")
    return tmp_path


def test_each_file_has_its_state_and_its_difference_from_pillows(folder: Path) -> None:
    found = {outcome.path.name: outcome for outcome in pictures.outcomes([folder], ["pillow"])}
    assert {name: outcome.state for name, outcome in found.items()} == {
        "whole.png": "ready",
        "cut.png": "failed",
        "notes.txt": "skipped",
    }
    nearest = found["whole.png"].nearest
    assert nearest is not None
    assert nearest < 1
    assert not any(map(pictures.differs, found.values()))


def test_other_colours_and_another_shape_are_differences() -> None:
    picture = Image.fromarray(quarters())
    assert pictures.difference(picture, picture) == 0
    assert pictures.difference(picture, picture.convert("L").convert("RGB")) > pictures.MOST_DIFFERENCE
    assert pictures.difference(picture, picture.transpose(Image.Transpose.ROTATE_90)) == float("inf")


def test_what_is_worse_than_it_was_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(baseline, "FILE", tmp_path / "baseline.json")
    good = Outcome(Path("a.png"), "12ab", "ready", differences={"pillow": 0.4})
    baseline.write([good])
    assert baseline.worse([good]) == []
    assert baseline.worse([replace(good, differences={"pillow": 1.2})]) == []
    assert "differs" in baseline.worse([replace(good, differences={"pillow": 3.0})])[0]
    assert "partial" in baseline.worse([replace(good, state="partial")])[0]
    assert FAULT in baseline.worse([Outcome(Path("new.png"), "34cd", FAULT)])[0]


def test_the_command_fails_where_something_is_worse(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(baseline, "FILE", tmp_path / "baseline.json")
    assert main([str(folder), "--baseline", "--write"]) == 0
    assert main([str(folder), "--baseline"]) == 0
    kept = (tmp_path / "baseline.json").read_text()
    (tmp_path / "baseline.json").write_text(kept.replace("failed", "partial"))
    assert main([str(folder), "--baseline"]) == 1


def test_the_kept_baseline_names_no_folder() -> None:
    assert not any("/" in name for name, _, _ in baseline.read().values())
