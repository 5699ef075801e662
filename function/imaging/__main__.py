"""Renders files without any AWS: `python -m function.imaging FILE... --out DIR`; prints a line of JSON for each."""

import argparse
import io
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from function.contract import EXTENSIONS, Recipe, RenditionSpec
from function.errors import PhotoError
from function.imaging import render
from function.values import RenderedImage, Rendering, State

STATES = {State.FAILED: "failed", State.UNSUPPORTED: "unsupported"}
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
    """A file that counts the bytes that are read from it."""

    bytes_read = 0

    def readinto(self, buffer: Any, /) -> int:
        """Read into the buffer."""
        count = super().readinto(buffer)
        self.bytes_read += count
        return count

    def readall(self) -> bytes:
        """Read to the end."""
        content = super().readall()
        self.bytes_read += len(content)
        return content

    def read(self, size: int | None = -1, /) -> bytes:
        """Read so many bytes, or to the end."""
        if size is None or size < 0:
            return self.readall()
        content = super().read(size)
        self.bytes_read += len(content)
        return content


def main(arguments: Sequence[str] | None = None) -> int:
    """Render each file; 0 when all ended in a state, whichever it was, 1 when one could not be read."""
    given = _parser().parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    recipe = tuple(RenditionSpec(size, given.quality, given.format) for size in given.sizes)
    # Files of one name in two folders stay two.
    top = os.path.commonpath([path.absolute().parent for path in given.files])
    ended = [_rendered(path, given.out, recipe, path.absolute().relative_to(top)) for path in given.files]
    return 0 if all(ended) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m function.imaging", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="photos in any format, RAW files included")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the renditions go")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each file (it is the only form)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[2048, 1024, 512, 256], help="longest sides in pixels")
    parser.add_argument("--quality", type=int, default=80, help="1 to 100 (default %(default)s)")
    parser.add_argument("--format", choices=sorted(EXTENSIONS), default="jpeg", help="default %(default)s")
    return parser


def _rendered(path: Path, out: Path, recipe: Recipe, name: Path) -> bool:
    start = time.perf_counter()
    try:
        with CountedFile(os.fspath(path)) as file:
            told = _told(file, name, out, recipe)
            told["bytes_read"] = file.bytes_read
    except OSError as error:
        print(f"{path} cannot be read: {error.strerror}", file=sys.stderr)  # noqa: T201
        return False
    told["seconds"] = round(time.perf_counter() - start, 4)
    print(json.dumps({"file": str(path), **told}), flush=True)  # noqa: T201
    return True


def _told(file: CountedFile, name: Path, out: Path, recipe: Recipe) -> dict[str, Any]:
    try:
        rendering = render(file, recipe)
    except PhotoError as error:
        return {**NOTHING, "state": STATES[error.state], "reason": str(error)}
    return _described(rendering, [_written(image, name, out) for image in rendering.renditions])


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
    target = out / image.spec.name / f"{name}.{EXTENSIONS[image.spec.format]}"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(image.content)
    size = {"width": image.width, "height": image.height, "bytes": len(image.content)}
    return {"name": image.spec.name, "path": str(target), **size}


if __name__ == "__main__":
    sys.exit(main())
