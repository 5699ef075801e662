"""The page of licences names all that is shipped, and cannot be written while something has no licence."""

import json
import re
import sys
import tomllib
from email.message import Message
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from docs import licences
from docs.licences import BUNDLED, PAGE, REQUIREMENTS, ROOT, LicenceError, page


def package(**fields: str) -> Any:
    metadata = Message()
    metadata["Name"] = "unheard-of"
    for name, value in fields.items():
        metadata[name.replace("_", "-")] = value
    return SimpleNamespace(metadata=metadata, files=())


@pytest.mark.skipif(sys.platform != "linux", reason="the image's packages are those for Linux")
def test_the_page_of_licences_is_that_of_the_packages() -> None:
    assert PAGE.read_text() == page(), "write it again: make docs"


def test_every_package_of_the_image_is_on_the_page() -> None:
    installed = set(re.findall(r"^([\w-]+)==", REQUIREMENTS.read_text(), re.MULTILINE))
    assert installed - set(licences.shipped_packages()) == {
        "pycparser",
        "rapidfuzz",
        "unidecode",
    }  # removed by the build
    assert all(f"| {name} |" in PAGE.read_text() for name in licences.shipped_packages())


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"License_Expression": "MIT", "License": "all of its text"}, "MIT"),
        ({"Classifier": "License :: OSI Approved :: BSD License", "License": "BSD"}, "BSD License"),
        ({"License": "Apache-2.0"}, "Apache-2.0"),
    ],
)
def test_a_licence_is_found_in_each_form_of_metadata(fields: dict[str, str], found: str) -> None:
    assert licences.licence(package(**fields)) == found


@pytest.mark.parametrize("fields", [{}, {"License": ""}, {"License": "x" * 500}, {"Classifier": "Topic :: Photos"}])
def test_a_package_without_a_licence_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(LicenceError, match="unheard-of names no licence"):
        licences.licence(package(**fields))


def test_a_library_that_is_not_listed_is_refused() -> None:
    bundled = tomllib.loads(BUNDLED.read_text())
    assert licences.library("libx265-1a2b3c4d.so.217", bundled) == ("x265", "GPL-2.0-or-later")
    with pytest.raises(LicenceError, match=r"libnew\.so\.1 is not in bundled\.toml"):
        licences.library("libnew.so.1", bundled)


def test_the_command_fails_and_leaves_the_page_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = PAGE.read_text()
    monkeypatch.setattr(licences, "distribution", lambda _: package())
    assert licences.main() == 1
    assert "names no licence" in capsys.readouterr().err
    assert PAGE.read_text() == before


def test_the_gallerys_packages_are_read_from_its_lock(tmp_path: Path) -> None:
    lock = tmp_path / "package-lock.json"
    packages = {"": {}, "node_modules/lit": {"license": "BSD-3-Clause"}, "node_modules/x": {"dev": True}}
    lock.write_text(json.dumps({"packages": packages}))
    assert list(licences.gallery(lock)) == [("lit", "BSD-3-Clause")]
    lock.write_text(json.dumps({"packages": {"node_modules/@a/b": {}}}))
    with pytest.raises(LicenceError, match="@a/b names no licence"):
        list(licences.gallery(lock))
    assert list(licences.gallery(tmp_path / "none.json")) == []


def test_the_licence_is_the_whole_gpl() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "GNU GENERAL PUBLIC LICENSE\n                       Version 3" in text
    assert len(text.splitlines()) > 600
