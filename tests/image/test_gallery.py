"""The build of the gallery: when it is done again, with which Node.js, and what it says without one."""

from pathlib import Path

import pytest

from image import gallery
from image.gallery import GalleryError, Node

Commands = list[tuple[str, ...]]


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """A gallery of a few files; the commands that its build runs, which do nothing but make their folders."""
    folder = tmp_path / "gallery"
    for name in ("build.mjs", "package-lock.json", "main.ts", "core/api.ts", "tests/api.test.ts"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    run: Commands = []

    def record(command: tuple[str, ...]) -> str:
        run.append(command)
        (folder / ("dist" if command[-1] == "build.mjs" else "node_modules")).mkdir(exist_ok=True)
        return ""

    monkeypatch.setattr(gallery, "GALLERY", folder)
    monkeypatch.setattr(gallery, "find_node", lambda: Node(("node",), ("npm",)))
    monkeypatch.setattr(gallery, "_run", record)
    return run


def named(commands: Commands) -> list[str]:
    return [" ".join(command[:2]) for command in commands]


def test_what_is_built_is_not_built_again(commands: Commands) -> None:
    gallery.build()
    assert named(commands) == ["npm ci", "node build.mjs"]
    assert {"--ignore-scripts", "--omit=dev"} <= set(commands[0])
    gallery.build()
    assert len(commands) == 2


@pytest.mark.parametrize(
    ("changed", "run"),
    [
        ("core/api.ts", ["node build.mjs"]),
        ("core/new.ts", ["node build.mjs"]),
        ("package-lock.json", ["npm ci", "node build.mjs"]),
        ("tests/api.test.ts", []),
    ],
)
def test_a_change_is_built(commands: Commands, changed: str, run: list[str]) -> None:
    gallery.build()
    commands.clear()
    (gallery.GALLERY / changed).write_text("changed")
    gallery.build()
    assert named(commands) == run


def test_the_tools_are_installed_once_and_serve_the_build_too(commands: Commands) -> None:
    gallery.install_tools()
    gallery.install_tools()
    gallery.build()
    assert named(commands) == ["npm ci", "node build.mjs"]
    assert "--omit=dev" not in commands[0]


def test_a_build_that_fails_is_tried_again(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: tuple[str, ...]) -> str:
        raise GalleryError("no")

    with monkeypatch.context() as patched:
        patched.setattr(gallery, "_run", fail)
        with pytest.raises(GalleryError):
            gallery.build()
    gallery.build()
    assert named(commands) == ["npm ci", "node build.mjs"]


@pytest.mark.parametrize("printed", [None, "v18.19.0", "nonsense"])
def test_without_a_new_node_the_next_step_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: str | None
) -> None:
    for name in ("node", "npm") if printed else ():
        (tmp_path / name).write_text(f"#!/bin/sh\necho {printed}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(gallery, "NODE_PACKAGE", "a_package_that_is_not_installed")
    with pytest.raises(GalleryError, match="make gallery"):
        gallery.find_node()


def test_the_output_of_a_command_that_fails_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "GALLERY", tmp_path)
    with pytest.raises(GalleryError, match=r"main\.ts is wrong"):
        gallery._run(("/bin/sh", "-c", "echo main.ts is wrong; exit 1"))
