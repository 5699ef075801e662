"""Opens a photo library on this machine: the declared stack, running in the embedded AWS on one folder."""

import contextlib
import fcntl
import gc
import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from function.aws.dynamodb.photos import DynamoDbIndex
from function.contract.entrypoints import WORKER_HANDLER
from function.contract.environment import Variable
from function.handlers.events import object_events
from function.postscript import ghostscript
from local.emulator import credentials, database, docker, files
from local.emulator.clients import Aws
from local.emulator.credentials import Credentials
from local.emulator.process import Emulator, StartError, require_free, run_emulator
from local.external_store import guard
from local.external_store.config import StoreConfig
from local.library import addresses, contents, space, users
from local.provider import EmulatorProvider
from local.stack import program

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

DEFAULT_FOLDER = Path(".safelight")
DEFAULT_PORT = 8484
STACK = "dev"
WAITING = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


class OpenElsewhereError(StartError):
    """Another run has the library open."""


@dataclass(frozen=True)
class Library:
    """A running library: the embedded AWS, its clients, and the names of its resources."""

    folder: Path
    emulator: Emulator
    credentials: Credentials
    environment: dict[str, str]
    queue_url: str
    upkeep_arn: str
    # The last run was killed: unsaved changes must be repaired.
    interrupted: bool
    # The store of the buckets; None for the embedded AWS.
    store: StoreConfig | None = None

    @property
    def aws(self) -> Aws:
        """Return the root user's clients of the embedded AWS."""
        return self.emulator.aws

    @property
    def s3(self) -> "S3Client":
        """Return the S3 client for the buckets, in the embedded AWS or in the other store."""
        return self.store.aws.s3 if self.store else self.aws.s3

    @property
    def originals_bucket(self) -> str:
        """Return the name of the originals bucket."""
        return self.environment[Variable.ORIGINALS_BUCKET]

    @property
    def originals_prefix(self) -> str:
        """Return the prefix of originals in that bucket."""
        return self.environment[Variable.ORIGINALS_PREFIX]

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Return the prefixes of uploads in that bucket: originals and inbox."""
        return self.originals_prefix, self.environment[Variable.INBOX_PREFIX]

    @property
    def index(self) -> DynamoDbIndex:
        """Return the adapter of the index."""
        return DynamoDbIndex(self.aws.dynamodb, self.environment[Variable.TABLE])

    def waiting_keys(self) -> Iterator[str]:
        """Yield the full keys of the objects in stored messages."""
        with contextlib.closing(sqlite3.connect(self.folder / "state" / database.FILE)) as stored:
            for (text,) in stored.execute("SELECT message FROM messages"):
                yield from (change.original.key for change in object_events(json.loads(text)["body"]))

    def waiting(self) -> int:
        """Return the number of messages that wait or are in progress."""
        asked = self.aws.client("sqs").get_queue_attributes(QueueUrl=self.queue_url, AttributeNames=WAITING)
        return sum(int(asked["Attributes"][name]) for name in WAITING)


def is_new(folder: Path) -> bool:
    """Tell whether the folder has no library yet."""
    return not credentials.path(folder).exists()


@contextlib.contextmanager
def open_library(
    folder: Path,
    port: int,
    stack: str = STACK,
    image: str | None = None,
    store: StoreConfig | None = None,
    *,
    postscript: bool = False,
) -> Iterator[Library]:
    """Open the library in this folder, created if missing, until the end of the block.

    With `image`, the functions run in this image by Docker; with `store`, the buckets are in another store;
    `postscript` enables EPS. Raises StartError with the next step.
    """
    if postscript and not image:
        _require_ghostscript()
    settled = {**_for_this_machine(), **(store.adopted if store else {}), "safelight:postscript": postscript}
    settings = program.configure(stack, settled)
    require_free(port)
    contents.require_no_other(folder)
    bridge = docker.bridge(image) if image else None
    with hold_lock(folder) as lock:
        space.require_writable(folder)
        guard.require_same_store(folder, store)
        keys = credentials.ensure(folder)
        loading = threading.Thread(target=program.preload)
        loading.start()
        with _run_locked(folder, settings.region, keys, port, bridge, lock) as running:
            loading.join()
            declared = program.run(stack, EmulatorProvider(running.aws, image, store), changes=settled)
            running.serve_api(declared.exports["gallery"], declared.routes(declared.exports["gallery"]))
            users.ensure(running.aws, declared.exports["user_pool"], keys)
            queue_url = declared.url(f"{program.PROJECT}-{stack}-intake")
            environment, upkeep_arn = declared.environment(WORKER_HANDLER), declared.exports["upkeep"]
            _collect_garbage_again()
            yield Library(folder, running, keys, environment, queue_url, upkeep_arn, lock.interrupted, store)


@contextlib.contextmanager
def _run_locked(
    folder: Path, region: str, keys: Credentials, port: int, bridge: str | None, lock: "Lock"
) -> Iterator[Emulator]:
    if lock.interrupted:
        files.mend(folder / "objects")
    running = None
    try:
        with run_emulator(folder, region, keys, port, bridge) as running:
            yield running
    finally:
        lock.is_complete = not (running and running.is_incomplete)


def _collect_garbage_again() -> None:
    """Enable garbage collection after the start, without the objects of the start, which live as long as the run."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _require_ghostscript() -> None:
    if not shutil.which(ghostscript.COMMAND):
        raise StartError("PostScript is drawn by Ghostscript, which this machine does not have; install it, or no EPS=")


def _for_this_machine() -> dict[str, object]:
    """Return the settings for this machine, as `pulumi config set` would set them."""
    return {
        "aws:region": "us-east-1",  # the default of S3 clients
        "safelight:maximumConcurrency": (os.cpu_count() or 2) + 1,  # one decodes while another waits
        "safelight:rekognition": False,  # the embedded AWS has no Rekognition
    }


@dataclass
class Lock:
    """One run's lock on a library's folder."""

    # The last run was killed, or the disk failed.
    interrupted: bool
    # Everything of this run is stored.
    is_complete: bool = True


@contextlib.contextmanager
def hold_lock(folder: Path) -> Iterator[Lock]:
    """Lock the folder for one run.

    Raises OpenElsewhereError if another run has it, StartError if it cannot contain a library.
    """
    marker = folder / "running"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        interrupted = marker.exists()
        held = marker.open("a")
    except OSError as error:
        reason = "it is a file" if folder.is_file() else error.strerror
        mending = "make it writable, or " if folder.is_dir() else ""
        raise StartError(
            f"{folder} cannot hold a library ({reason}); {mending}give another folder with DATA="
        ) from None
    with held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            served = addresses.read(folder)
            where = f", at {served['gallery']}" if served else ""
            raise OpenElsewhereError(
                f"the library in {folder} is open in another run{where}; stop that one first"
            ) from None
        addresses.withdraw(folder)  # of a run that was killed
        lock = Lock(interrupted)
        try:
            yield lock
        finally:
            if lock.is_complete:
                marker.unlink(missing_ok=True)
