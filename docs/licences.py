"""Writes docs/licences.md, the licences of all that is shipped in the image and the gallery: `make docs`."""

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from image.install import PRUNED, is_unused_codec

ROOT = Path(__file__).parent.parent
PAGE = Path(__file__).with_suffix(".md")
BUNDLED = Path(__file__).with_name("bundled.toml")
REQUIREMENTS = ROOT / "function" / "requirements.txt"
# The packages in the gallery's bundle.
LOCK = ROOT / "gallery" / "package-lock.json"
# Packages that build the bundle and are not part of it.
BUNDLER = re.compile(r"(@esbuild/.+|esbuild)")
LONGEST_NAME = 60
HEAD = """# Licences

Safelight is under the [GNU General Public License, version 3 or later](../LICENSE). The functions' image contains the
Python bindings of Exiv2 and JPEG XL, which are under the same licence, and x265, which is under version 2 or later. So
copies of the image are distributed under the GPL 3, with the source of all parts. Running it for yourself has no
conditions. `make docs` writes this page from the packages' own metadata and from `docs/bundled.toml`, and stops at
anything without a licence.
"""
TAIL = """
## The base image

The functions' image is built on AWS's Python image for Lambda, which has Amazon Linux, Python (PSF-2.0) and AWS's
runtime client (Apache-2.0). With `safelight:postscript` it also has Ghostscript, under the AGPL 3 or later.
"""


class LicenceError(Exception):
    """A part of the image or the gallery has no known licence; the message names it."""


def page() -> str:
    """Return the whole page, in Markdown. Raises LicenceError for a part without a licence."""
    bundled = tomllib.loads(BUNDLED.read_text())
    packages = [distribution(name) for name in shipped_packages()]
    return "".join(
        (
            HEAD,
            _table("Python packages", ("package", "licence"), ((_name(found), licence(found)) for found in packages)),
            _table("Libraries in them", ("library", "in", "licence"), _libraries(packages, bundled)),
            _table("Data in them", ("data", "in", "source", "licence"), _data(bundled)),
            _table("Packages in the gallery", ("package", "licence"), gallery(LOCK)),
            TAIL,
        )
    )


def shipped_packages() -> list[str]:
    """Return the names of the Python packages in the image: those installed, without those that the build removes."""
    listed = re.findall(r"^([\w-]+)==", REQUIREMENTS.read_text(), re.MULTILINE)
    return [name for name in dict.fromkeys(listed) if name not in PRUNED]


def licence(package: Distribution) -> str:
    """Return the licence in the package's metadata, in its newest form there. Raises LicenceError if it has none."""
    metadata: Any = package.metadata
    names = [name.rpartition(" :: ")[2] for name in metadata.get_all("Classifier") or () if name.startswith("License")]
    given = metadata.get("License") or ""
    found = metadata.get("License-Expression") or ", ".join(names) or (given if len(given) <= LONGEST_NAME else "")
    if not found.strip():
        raise LicenceError(f"{_name(package)} names no licence; look it up before it is shipped")
    return str(found)


def library(file: str, bundled: dict[str, Any]) -> tuple[str, str]:
    """Return a shared library's name and licence. Raises LicenceError for one that is not listed."""
    name = re.split(r"[-.]", file, maxsplit=1)[0]
    if name not in bundled["shared"]:
        raise LicenceError(f"{file} is not in {BUNDLED.name}; look its licence up and add it")
    found, terms = bundled["shared"][name]
    return str(found), str(terms)


def gallery(lock: Path) -> Iterator[tuple[str, str]]:
    """Yield the packages in the gallery's bundle, with their licences. Raises LicenceError where one has none."""
    packages = json.loads(lock.read_text())["packages"] if lock.exists() else {}
    for path, package in packages.items():
        name = path.rpartition("node_modules/")[2]
        if name and not package.get("dev") and not BUNDLER.fullmatch(name):
            if not package.get("license"):
                raise LicenceError(f"{name} names no licence; look it up before it is shipped")
            yield name, package["license"]


def _libraries(packages: Iterable[Distribution], bundled: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for package in packages:
        # The names of Python's extension modules, which are shared libraries too, do not begin with `lib`.
        libraries = (file for file in package.files or () if re.match(r"lib.*\.so\b", file.name))
        files = {file.name for file in libraries if not is_unused_codec(file)}
        found = dict(sorted(library(file, bundled) for file in files))
        linked = bundled["linked"].get(_name(package), {})
        yield from ((name, _name(package), terms) for name, terms in (found | linked).items())


def _data(bundled: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    return ((entry["name"], entry["package"], entry["source"], entry["licence"]) for entry in bundled["data"])


def _name(package: Distribution) -> str:
    return str(package.metadata["Name"]).lower().replace("_", "-")


def _table(title: str, heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join((f"\n## {title}\n", f"| {' | '.join(heading)} |", f"|{'---|' * len(heading)}", *lines, ""))


def main() -> int:
    """Write the page. Returns 1 if a part has no licence."""
    try:
        PAGE.write_text(page())
    except LicenceError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
