"""Runs the commands of the command line."""

import argparse
import contextlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from local.emulator import credentials, docker
from local.emulator.process import StartError, free_port
from local.external_store import config
from local.library import addresses, contents, maintenance, opening
from local.library.importer import FolderImport
from local.library.library import Library, OpenElsewhereError, hold_lock, is_new
from local.library.photo_folder import listing
from local.library.report import Report
from local.library.resume import resume_unfinished
from local.provider.other_store import keeps_versions
from local.stack import program
from local.stack.recorder import Recorder

# The longest time from locking the folder to publishing the addresses, on a slow machine.
OPENING_SECONDS = 15
POLL_SECONDS = 0.1


def run(given: argparse.Namespace) -> None:
    """Open the library, import photos, and serve the gallery until Ctrl-C."""
    if given.photos:
        listing(given.photos)
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(1) as pool:
        # Drawing takes as long as starting: done in parallel, the photos are shown sooner.
        drawing = pool.submit(_draw, Path(scratch)) if _is_first_look(given) else None
        with _open(given) as library, addresses.publish(library.folder, _addresses(library)):
            print(f"\n  Gallery   {library.emulator.gallery}")
            print(f"  Sign in   {library.credentials.user}   {library.credentials.password}")
            print(f"  Library   {library.folder}   (Ctrl-C stops; the next run opens it again)")
            print(*_about_s3(library), "", sep="\n", flush=True)
            _resume(library)
            if drawing:
                print("The library is new, so it gets a dozen drawn photos; PHOTOS=DIR imports your own.", flush=True)
            photos = drawing.result() if drawing else given.photos
            if photos:
                _import(library, photos)
            library.emulator.wait()


def serve(given: argparse.Namespace) -> None:
    """Serve the library until Ctrl-C; the one line on standard output is for scripts.

    If another run serves it already, print that run's line and return.
    """
    try:
        with _open(given) as library, addresses.publish(library.folder, _addresses(library)):
            print(json.dumps(_addresses(library)), flush=True)
            resume_unfinished(library)
            library.emulator.wait()
    except OpenElsewhereError:
        running = _await_addresses(given.data)
        if not running:
            raise
        print(json.dumps(running), flush=True)


def import_photos(given: argparse.Namespace) -> None:
    """Import a folder of photos, write a report and stop."""
    listing(given.photos)
    with _open(given) as library:
        report = _import(library, given.photos)
        report.write(given.report)
    report.require_whole()


def backfill(given: argparse.Namespace) -> None:
    """Import the bucket's photos that the library lacks, and renew stale renditions."""
    _require_library(given.data)
    with _open(given) as library:
        maintenance.run(library, "backfill")
    print("The library is up to date with its bucket and its recipe.")


def rebuild_index(given: argparse.Namespace) -> None:
    """Empty the index and rebuild it from the buckets."""
    _require_library(given.data)
    with _open(given) as library:
        maintenance.wait(library)  # the owner's last annotations are still being written into the records
        before = maintenance.forget(library)
        maintenance.run(library, "rebuild")
    print(f"The index is made again from the buckets; it had {before} items before.")


def replay(given: argparse.Namespace) -> None:
    """Try again all photos that failed after several tries."""
    _require_library(given.data)
    with _open(given) as library:
        print(f"{maintenance.replay(library)} photos that had failed after several tries were tried again.")


def show_stack(given: argparse.Namespace) -> None:
    """List the resources that the Pulumi program declares."""
    settings = program.configure(given.stack, {})
    declared = program.run(given.stack, Recorder(settings.region))
    if given.json:
        print(json.dumps([asdict(resource) for resource in declared.resources], indent=1))
        return
    for resource in declared.resources:
        print(f"{resource.type:70} {resource.name}")


def clean(given: argparse.Namespace) -> None:
    """Delete the library, and nothing else that is in its folder."""
    if not contents.is_library(given.data):
        raise _no_library(given.data)
    with hold_lock(given.data):
        is_gone = contents.delete(given.data)
    if not is_gone:
        print(f"The library is deleted. {given.data} stays, because it has other files.")


@contextlib.contextmanager
def _open(given: argparse.Namespace) -> Iterator[Library]:
    store = config.store_config(os.environ)
    if given.image and store:
        docker.require_reachable(store.aws.endpoint)
    port = given.port or free_port()
    with opening.open_with_store(given.data, port, given.image, store, postscript=given.eps) as library:
        yield library


def _is_first_look(given: argparse.Namespace) -> bool:
    """Tell whether to draw sample photos: for a new library without photos, and never into another store."""
    return not given.photos and is_new(given.data) and not config.store_config(os.environ)


def _require_library(folder: Path) -> None:
    if is_new(folder):
        raise _no_library(folder)


def _no_library(folder: Path) -> StartError:
    return StartError(f"{folder} holds no library, so nothing was done; give the folder of one with DATA=")


def _await_addresses(folder: Path) -> dict[str, str] | None:
    """Return the addresses of the run that has the library open; waits for them, because that run may be starting."""
    deadline = time.monotonic() + OPENING_SECONDS
    while not (found := addresses.read(folder)) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    return found


def _about_s3(library: Library) -> Iterator[str]:
    if not library.store:
        yield f"  S3        {library.aws.endpoint}   {library.originals_bucket}"
        yield f"            its keys are in {credentials.path(library.folder)}"
        return
    yield f"  Store     {library.store.aws.endpoint}   {library.originals_bucket}"
    if not keeps_versions(library.store, library.originals_bucket):
        yield "  It keeps no versions: a deleted or replaced photo cannot be brought back."


def _resume(library: Library) -> None:
    again = resume_unfinished(library)
    if again:
        print(f"The last run was cut off: {again} files on the disk were not in the index yet and are now.", flush=True)


def _import(library: Library, photos: Path) -> Report:
    start = time.monotonic()
    intake = FolderImport(library)
    finished = intake.run(photos)
    report = Report(time.monotonic() - start, finished, len(intake.left))
    print("\n".join(report.lines()), flush=True)
    return report


def _draw(folder: Path) -> Path:
    from local.samples import draw_library  # imports numpy and Pillow, which only the first run without photos needs

    draw_library(folder)
    return folder


def _addresses(library: Library) -> dict[str, str]:
    s3 = library.store.aws if library.store else library.aws
    return {
        "gallery": library.emulator.gallery,
        "api": library.emulator.gallery.rstrip("/"),
        "s3_endpoint": s3.endpoint,
        "region": s3.region,
        "access_key": s3.access_key,
        "secret_key": s3.secret_key,
        "originals_bucket": library.originals_bucket,
        "user": library.credentials.user,
        "password": library.credentials.password,
    }
