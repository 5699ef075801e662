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
from local.library.library import Library, OpenElsewhereError, is_new, locked
from local.library.photo_folder import listing
from local.library.report import Report
from local.library.resume import take_in_again
from local.provider.other_store import keeps_versions
from local.stack import program
from local.stack.recorder import Recorder

# A library is open to others this long after its folder is locked, on a slow machine too.
OPENING_SECONDS = 15
POLL_SECONDS = 0.1


def run(given: argparse.Namespace) -> None:
    """Open the library, import photos, and serve the gallery until Ctrl-C."""
    if given.photos:
        listing(given.photos)
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(1) as pool:
        # Drawing takes as long as starting: both at once, and a first look comes sooner.
        drawing = pool.submit(_draw, Path(scratch)) if _is_first_look(given) else None
        with _opened(given) as opened, addresses.published(opened.folder, _addresses(opened)):
            print(f"\n  Gallery   {opened.emulator.gallery}")
            print(f"  Sign in   {opened.credentials.user}   {opened.credentials.password}")
            print(f"  Library   {opened.folder}   (Ctrl-C stops; the next run opens it again)")
            print(*_about_s3(opened), "", sep="\n", flush=True)
            _resume(opened)
            if drawing:
                print("The library is new, so it gets a dozen drawn photos; PHOTOS=DIR imports your own.", flush=True)
            photos = drawing.result() if drawing else given.photos
            if photos:
                _take_in(opened, photos)
            opened.emulator.wait()


def serve(given: argparse.Namespace) -> None:
    """Serve the library until Ctrl-C; the one line on standard output is for scripts.

    Where it is served already, print that run's line and return.
    """
    try:
        with _opened(given) as opened, addresses.published(opened.folder, _addresses(opened)):
            print(json.dumps(_addresses(opened)), flush=True)
            take_in_again(opened)
            opened.emulator.wait()
    except OpenElsewhereError:
        running = _await_addresses(given.data)
        if not running:
            raise
        print(json.dumps(running), flush=True)


def take_in(given: argparse.Namespace) -> None:
    """Import a folder of photos, write a report and stop."""
    listing(given.photos)
    with _opened(given) as opened:
        report = _take_in(opened, given.photos)
        report.write(given.report)
    report.require_whole()


def backfill(given: argparse.Namespace) -> None:
    """Import photos that are in the bucket and not in the library, and renew stale renditions."""
    _require_library(given.data)
    with _opened(given) as opened:
        maintenance.run(opened, "backfill")
    print("The library is up to date with its bucket and its recipe.")


def rebuild_index(given: argparse.Namespace) -> None:
    """Empty the index and make it again from the buckets."""
    _require_library(given.data)
    with _opened(given) as opened:
        maintenance.wait(opened)  # what its owner has just written is on its way into the records
        before = maintenance.forget(opened)
        maintenance.run(opened, "rebuild")
    print(f"The index is made again from the buckets; it had {before} items before.")


def replay(given: argparse.Namespace) -> None:
    """Try again all photos that failed after several tries."""
    _require_library(given.data)
    with _opened(given) as opened:
        print(f"{maintenance.replay(opened)} photos that had failed after several tries were tried again.")


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
    """Delete the library, and nothing else that lies in its folder."""
    if not contents.is_library(given.data):
        raise _no_library(given.data)
    with locked(given.data):
        is_gone = contents.delete(given.data)
    if not is_gone:
        print(f"The library is deleted. {given.data} stays, with all in it that is not the library's.")


@contextlib.contextmanager
def _opened(given: argparse.Namespace) -> Iterator[Library]:
    store = config.chosen(os.environ)
    if given.image and store:
        docker.require_reachable(store.aws.endpoint)
    port = given.port or free_port()
    with opening.opened(given.data, port, given.image, store, postscript=given.eps) as opened:
        yield opened


def _is_first_look(given: argparse.Namespace) -> bool:
    """Whether photos are drawn to have something to show: into a library of one's own, never into a store."""
    return not given.photos and is_new(given.data) and not config.chosen(os.environ)


def _require_library(folder: Path) -> None:
    if is_new(folder):
        raise _no_library(folder)


def _no_library(folder: Path) -> StartError:
    return StartError(f"{folder} holds no library, so nothing was done; give the folder of one with DATA=")


def _await_addresses(folder: Path) -> dict[str, str] | None:
    """Return the addresses of the run that has the library open, which may just be starting."""
    deadline = time.monotonic() + OPENING_SECONDS
    while not (found := addresses.read(folder)) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    return found


def _about_s3(opened: Library) -> Iterator[str]:
    if not opened.store:
        yield f"  S3        {opened.aws.endpoint}   {opened.originals_bucket}"
        yield f"            its keys are in {credentials.path(opened.folder)}"
        return
    yield f"  Store     {opened.store.aws.endpoint}   {opened.originals_bucket}"
    if not keeps_versions(opened.store, opened.originals_bucket):
        yield "  It keeps no versions: a deleted or replaced photo cannot be brought back."


def _resume(opened: Library) -> None:
    again = take_in_again(opened)
    if again:
        print(f"The last run was cut off: {again} files on the disk were not in the index yet and are now.", flush=True)


def _take_in(opened: Library, photos: Path) -> Report:
    start = time.monotonic()
    intake = FolderImport(opened)
    finished = intake.run(photos)
    report = Report(time.monotonic() - start, finished, len(intake.left))
    print("\n".join(report.lines()), flush=True)
    return report


def _draw(folder: Path) -> Path:
    from local.samples import draw_library  # numpy and Pillow, for the first run without photos alone

    draw_library(folder)
    return folder


def _addresses(opened: Library) -> dict[str, str]:
    s3 = opened.store.aws if opened.store else opened.aws
    return {
        "gallery": opened.emulator.gallery,
        "api": opened.emulator.gallery.rstrip("/"),
        "s3_endpoint": s3.endpoint,
        "region": s3.region,
        "access_key": s3.access_key,
        "secret_key": s3.secret_key,
        "originals_bucket": opened.originals_bucket,
        "user": opened.credentials.user,
        "password": opened.credentials.password,
    }
