"""Measures the image, `python -m image.measure IMAGE`: prints tables of its size, its cold starts and its memory."""

import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from function.contract.entrypoints import API_HANDLER, WORKER_HANDLER
from function.index.keys import photo_id
from image import declared, heavy
from image.container import run_container
from image.declared import DeclaredFunction
from local.emulator.process import free_port
from local.library.library import Library, open_library

HANDLERS = {"worker": WORKER_HANDLER, "api": API_HANDLER}
ROUNDS = 5
# The target folder of our layers, which marks their lines in the image's history.
OURS = " /var/task/ "
# An event of an object outside the worker's prefixes: the worker creates its adapters and does nothing else.
ELSEWHERE = {"eventName": "ObjectCreated:Put", "eventTime": "2026-01-02T03:04:05Z", "s3": {"object": {"key": "a"}}}
# As API Gateway's authorizer hands on the claims of a token.
SIGNED_IN = {"authorizer": {"jwt": {"claims": {"sub": "measure"}}}}
FIRST = {
    "worker": {"Records": [ELSEWHERE]},
    "api": {"routeKey": "GET /photos", "requestContext": SIGNED_IN},
}
IMPORT = "import time; before = time.perf_counter(); import {module}; print(time.perf_counter() - before)"


def main() -> None:
    """Measure and print the tables."""
    (image,) = sys.argv[1:]
    _table(("", "MB"), _sizes(image))
    _table(("function", "import of its handler, ms", "from `docker run` to its first answer, ms"), _starts(image))
    _table(("photo", "MB of the file", "peak memory, MB", "seconds", "state"), _peaks(image))


def _table(head: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> None:
    for row in (head, ("---",) * len(head), *rows):
        print("|", " | ".join(map(str, row)), "|", flush=True)
    print()


def _sizes(image: str) -> Iterator[tuple[object, ...]]:
    whole = int(_docker("image", "inspect", "--format", "{{.Size}}", image))
    layers = _docker("history", "--no-trunc", "--human=false", "--format", "{{.Size}} {{.CreatedBy}}", image)
    ours = sum(int(layer.split()[0]) for layer in layers.splitlines() if OURS in layer)
    yield "image", round(whole / 1e6)
    yield "of which the base", round((whole - ours) / 1e6)
    yield "of which ours", round(ours / 1e6)


def _starts(image: str) -> Iterator[tuple[object, ...]]:
    with _open_library() as library:
        for name, handler in HANDLERS.items():
            function = declared.function(library, handler)
            imported = statistics.median(_import_seconds(image, handler) for _ in range(ROUNDS))
            answered = statistics.median(_answer_seconds(image, function, FIRST[name]) for _ in range(ROUNDS))
            yield f"the {name}", round(imported * 1000), round(answered * 1000)


def _import_seconds(image: str, handler: str) -> float:
    code = IMPORT.format(module=handler.rpartition(".")[0])
    return float(_docker("run", "--rm", "--read-only", "--network=none", "--entrypoint=python3", image, "-c", code))


def _answer_seconds(image: str, function: DeclaredFunction, event: object) -> float:
    before = time.perf_counter()
    with run_container(image, function.handler, function.environment, function.memory) as container:
        container.invoke(event)
        return time.perf_counter() - before


def _peaks(image: str) -> Iterator[tuple[object, ...]]:
    paths = heavy.photos()
    with _open_library() as library:
        worker = declared.function(library, WORKER_HANDLER)
        declared.pause(library, worker)
        batches = {name: [path] for name, path in paths.items()}
        for name, batch in {**batches, "all of them in one batch": list(paths.values())}.items():
            peak, seconds, states = _process(image, library, worker, batch)
            size = sum(path.stat().st_size for path in batch)
            yield name, round(size / 1e6), peak, f"{seconds:.1f}", ", ".join(sorted(states))


def _process(image: str, library: Library, worker: DeclaredFunction, batch: list[Path]) -> tuple[int, float, set[str]]:
    """Process a batch in a new container. Returns its peak memory in MB, the seconds, and the photos' states."""
    for path in batch:
        library.aws.s3.upload_file(str(path), library.originals_bucket, library.originals_prefix + path.name)
    event = {"Records": declared.messages(library, len(batch))}
    with run_container(image, worker.handler, worker.environment, worker.memory) as container:
        container.invoke(FIRST["worker"])
        before = time.perf_counter()
        container.invoke(event)
        seconds = time.perf_counter() - before
        photos = [library.index.get(photo_id(path.name)) for path in batch]
        return container.peak_memory(), seconds, {str(photo and photo.state) for photo in photos}


@contextlib.contextmanager
def _open_library() -> Iterator[Library]:
    with tempfile.TemporaryDirectory() as folder, open_library(Path(folder), free_port()) as library:
        yield library


def _docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
