"""The version stands once, and is shown where someone looks for it."""

import re
from pathlib import Path

import pytest

from infra.version import VERSION
from local import program
from local.__main__ import main
from local.recorder import Recorder

ROOT = Path(__file__).parent.parent


def test_the_stack_and_the_command_line_tell_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.run("dev", Recorder()).exports["version"] == VERSION
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"Safelight {VERSION}\n"


def test_the_changes_of_this_version_are_listed() -> None:
    versions = re.findall(r"^## \[([\d.]+)\] - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert versions[0] == VERSION
