"""Runs jobs that start a process each time: command-line programs, and imports in a new Python process."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.source import QUALITY, SIZES, Source

HERE = Path(__file__).parent
WRITTEN = HERE.parent / "build" / "bench" / "written"
# GraphicsMagick lets libjpeg scale to twice this size, so it gets a little less than half of the needed size.
HINT = 1400
WORKER = ("function.handlers.worker",)
DECODERS = ("pyvips", "rawpy", "PIL.Image", "pillow_heif", "pillow_jxl", "simplejpeg", "kornia_rs", "exiv2", "numpy")
EVERYTHING = ("boto3", *DECODERS, *WORKER)
IMPORT = """
import sys, time
start = time.perf_counter()
for name in sys.argv[1:]:
    __import__(name)
print(time.perf_counter() - start)
"""


def graphicsmagick(photo: Source) -> None:
    """Call `gm convert` once: decoded at half size, each size from the one before."""
    # fmt: off
    command = ["gm", "convert", "-size", f"{HINT}x{HINT}", str(photo.path), "-auto-orient", "-quality", str(QUALITY)]
    # fmt: on
    for size in SIZES:
        command += ["-resize", f"{size}x{size}", "-write", str(_target("gm", f"{size}.jpg"))]
    _run(*command, "null:")


def vipsthumbnail(photo: Source) -> None:
    """Call vipsthumbnail for the largest size, uncompressed, and then for each other size from that."""
    largest = _target("vipsthumbnail", "largest.v")
    _run("vipsthumbnail", str(photo.path), "--size", str(SIZES[0]), "--output", str(largest))
    for size in SIZES:
        target = _target("vipsthumbnail", f"{size}.jpg[Q={QUALITY}]")
        _run("vipsthumbnail", str(largest), "--size", str(size), "--output", str(target))


def import_worker(_photo: Source) -> float:
    """Return the seconds in which a new Python process imports the worker's handler."""
    return _import_seconds(WORKER)


def import_everything(_photo: Source) -> float:
    """Return the seconds to import all modules that a photo may need."""
    return _import_seconds(EVERYTHING)


def import_botocore(_photo: Source) -> float:
    """Return the seconds to import the AWS SDK alone."""
    return _import_seconds(("botocore.session",))


def _import_seconds(modules: tuple[str, ...]) -> float:
    return float(_run(sys.executable, "-c", IMPORT, *modules))


def _target(program: str, name: str) -> Path:
    folder = WRITTEN / program
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def _run(*command: str) -> str:
    return subprocess.run(command, cwd=HERE.parent, check=True, capture_output=True, text=True).stdout


JOBS: tuple[Callable[[Source], float | None], ...] = (
    graphicsmagick,
    vipsthumbnail,
    import_worker,
    import_everything,
    import_botocore,
)
