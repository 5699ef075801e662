"""Renders files without any AWS: `python -m function.imaging FILE... --out DIR`; prints a line of JSON for each."""

import argparse
import io
import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from function.contract.recipe import EXTENSIONS, Recipe, RenditionSpec
from function.errors import PhotoError
from function.sandbox.process import FaultError, Sandbox
from function.sandbox.tasks import RENDER
from function.values.photo import State
from function.values.rendering import RenderedImage, Rendering

STATES = {State.FAILED: "failed", State.UNSUPPORTED: "unsupported", State.SKIPPED: "unsupported"}
NOTHING: dict[str, Any] = {
    "format": None,
    "source": None,
    "width": None,
    "height": None,
    "renditions": [],
    "placeholder": None,
    "phash": None,
    "colours": [],
}


class CountedFile(io.FileIO):
    """Count the bytes that are read from a file."""

    bytes_read = 0

    def readinto(self, buffer: Any, /) -> int:
        """Read into the buffer. Returns the number of bytes."""
        count = super().readinto(buffer)
        self.bytes_read += count
        return count

    def readall(self) -> bytes:
        """Read to the end."""
        content = super().readall()
        self.bytes_read += len(content)
        return content

    def read(self, size: int | None = -1, /) -> bytes:
        """Read `size` bytes, or to the end."""
        if size is None or size < 0:
            return self.readall()
        content = super().read(size)
        self.bytes_read += len(content)
        return content


def main(arguments: Sequence[str] | None = None) -> int:
    """Render each file. Returns 0 where each ended in a state, whichever it was, and 1 where one could not be read."""
    given = _parser().parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    recipe = tuple(RenditionSpec(size, given.quality, given.format) for size in given.sizes)
    # Files of one name in two folders stay two.
    top = Path(os.path.commonpath([path.absolute().parent for path in given.files]))
    job = _Job(recipe, top, given.out)
    with ThreadPoolExecutor(given.processes) as processes:
        ended = [
            _printed(path, row)
            for path, row in zip(given.files, processes.map(job.report_row, given.files), strict=True)
        ]
    return 0 if all(ended) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m function.imaging", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="photos in any format, RAW files included")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the renditions go")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each file (it is the only form)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[2048, 1024, 512, 256], help="longest sides in pixels")
    parser.add_argument("--quality", type=int, default=80, help="1 to 100 (default %(default)s)")
    parser.add_argument("--format", choices=sorted(EXTENSIONS), default="jpeg", help="default %(default)s")
    parser.add_argument(
        "--processes",
        type=int,
        default=os.cpu_count(),
        metavar="N",
        help="files at the same time (default: %(default)s)",
    )
    return parser


@dataclass(frozen=True)
class _Job:
    """Render files by one recipe, in a sandbox for each thread."""

    recipe: Recipe
    top: Path
    out: Path
    _own: threading.local = field(default_factory=threading.local)

    def report_row(self, path: Path) -> dict[str, Any] | OSError:
        """Render a file. Returns its row of the report, or the error where it cannot be read."""
        start = time.perf_counter()
        try:
            with CountedFile(os.fspath(path)) as file:
                row = {"file": str(path), **self._rendered(file, path.absolute().relative_to(self.top))}
                return {**row, "bytes_read": file.bytes_read, "seconds": round(time.perf_counter() - start, 4)}
        except OSError as error:
            return error

    def _rendered(self, file: CountedFile, name: Path) -> dict[str, Any]:
        try:
            rendering = self._sandbox().call(RENDER, file, self.recipe)
        except PhotoError as error:
            return {**NOTHING, "state": STATES[error.state], "reason": str(error)}
        except FaultError as fault:
            print(fault, file=sys.stderr)  # noqa: T201
            return {**NOTHING, "state": "failed", "reason": "This is a fault of Safelight's own; please report it."}
        return _described(rendering, [_written(image, name, self.out) for image in rendering.renditions])

    def _sandbox(self) -> Sandbox:
        if not hasattr(self._own, "sandbox"):
            self._own.sandbox = Sandbox(preload=(RENDER.name,))
        found: Sandbox = self._own.sandbox
        return found


def _printed(path: Path, row: dict[str, Any] | OSError) -> bool:
    if isinstance(row, OSError):
        print(f"{path} cannot be read: {row.strerror}", file=sys.stderr)  # noqa: T201
        return False
    print(json.dumps(row), flush=True)  # noqa: T201
    return True


def _described(rendering: Rendering, renditions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": rendering.format,
        "state": "partial" if rendering.partial_reason else "ok",
        "reason": rendering.partial_reason,
        "source": rendering.source,
        "width": rendering.width,
        "height": rendering.height,
        "renditions": renditions,
        "placeholder": rendering.placeholder,
        "phash": rendering.phash,
        "colours": rendering.colours,
    }


def _written(image: RenderedImage, name: Path, out: Path) -> dict[str, Any]:
    target = _path(image.spec, name, out)
    target.parent.mkdir(parents=True, exist_ok=True)
    if image.same_as:
        shutil.copyfile(_path(image.same_as, name, out), target)
    else:
        target.write_bytes(image.content)
    size = {"width": image.width, "height": image.height, "bytes": target.stat().st_size}
    return {"name": image.spec.name, "path": str(target), **size}


def _path(spec: RenditionSpec, name: Path, out: Path) -> Path:
    return out / spec.name / f"{name}.{EXTENSIONS[spec.format]}"


if __name__ == "__main__":
    sys.exit(main())
