"""A photo library on this machine: the declared stack, running in the embedded AWS on one folder."""

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
    """The library is open in another run."""


@dataclass(frozen=True)
class Library:
    """A running library, and how to reach its parts."""

    folder: Path
    emulator: Emulator
    credentials: Credentials
    environment: dict[str, str]
    queue_url: str
    upkeep_arn: str
    # The last run was killed: what it had not saved has to be taken in again.
    interrupted: bool
    # Where the buckets lie, if not in the embedded AWS.
    store: StoreConfig | None = None

    @property
    def aws(self) -> Aws:
        """The embedded AWS, as its root user."""
        return self.emulator.aws

    @property
    def s3(self) -> "S3Client":
        """S3 or the other store, whichever has the buckets."""
        return self.store.aws.s3 if self.store else self.aws.s3

    @property
    def originals_bucket(self) -> str:
        """The name of the originals bucket."""
        return self.environment[Variable.ORIGINALS_BUCKET]

    @property
    def originals_prefix(self) -> str:
        """Where in that bucket photos stay as they were put."""
        return self.environment[Variable.ORIGINALS_PREFIX]

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Where in that bucket photos arrive."""
        return self.originals_prefix, self.environment[Variable.INBOX_PREFIX]

    @property
    def index(self) -> DynamoDbIndex:
        """The index of the photos."""
        return DynamoDbIndex(self.aws.dynamodb, self.environment[Variable.TABLE])

    def waiting_keys(self) -> Iterator[str]:
        """Yield the whole keys of the objects that stored messages name."""
        with contextlib.closing(sqlite3.connect(self.folder / "state" / database.FILE)) as stored:
            for (text,) in stored.execute("SELECT message FROM messages"):
                yield from (change.original.key for change in object_events(json.loads(text)["body"]))

    def waiting(self) -> int:
        """How many messages wait, or were in the hands of a worker when the last run stopped."""
        asked = self.aws.client("sqs").get_queue_attributes(QueueUrl=self.queue_url, AttributeNames=WAITING)
        return sum(int(asked["Attributes"][name]) for name in WAITING)


def is_new(folder: Path) -> bool:
    """Whether the folder holds no library yet."""
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
    """The library in this folder, made when there is none; stopped at the end.

    The functions run in the image, by Docker, where one is named; the buckets lie in another store, where one is
    chosen; `postscript` switches its drawing on. Raises StartError for what can be mended.
    """
    if postscript and not image:
        _require_ghostscript()
    settled = {**_for_this_machine(), **(store.adopted if store else {}), "safelight:postscript": postscript}
    settings = program.configure(stack, settled)
    require_free(port)
    contents.require_no_other(folder)
    bridge = docker.bridge(image) if image else None
    with locked(folder) as lock:
        space.require_writable(folder)
        guard.require_same_store(folder, store)
        keys = credentials.of(folder)
        loading = threading.Thread(target=program.preload)
        loading.start()
        with _running(folder, settings.region, keys, port, bridge, lock) as running:
            loading.join()
            declared = program.run(stack, EmulatorProvider(running.aws, image, store), changes=settled)
            running.serve_api(declared.exports["gallery"], declared.routes(declared.exports["gallery"]))
            users.ensure(running.aws, declared.exports["user_pool"], keys)
            queue_url = declared.url(f"{program.PROJECT}-{stack}-intake")
            environment, upkeep_arn = declared.environment(WORKER_HANDLER), declared.exports["upkeep"]
            _collect_garbage_again()
            yield Library(folder, running, keys, environment, queue_url, upkeep_arn, lock.interrupted, store)


@contextlib.contextmanager
def _running(
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
    """End what the command line began: little of what a start makes is garbage, and it lasts as long as the run."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _require_ghostscript() -> None:
    if not shutil.which(ghostscript.COMMAND):
        raise StartError("PostScript is drawn by Ghostscript, which this machine does not have; install it, or no EPS=")


def _for_this_machine() -> dict[str, object]:
    """What a person would say with `pulumi config set` for this machine."""
    return {
        "aws:region": "us-east-1",  # what S3 clients take it to be when nobody tells them
        "safelight:maximumConcurrency": (os.cpu_count() or 2) + 1,  # one decodes while another waits
        "safelight:rekognition": False,  # the embedded AWS has none
    }


@dataclass
class Lock:
    """One run's hold on a library's folder."""

    # The last run was killed, or the disk did not take all of it.
    interrupted: bool
    # All that this run has done is on the disk.
    is_complete: bool = True


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[Lock]:
    """Keep the folder to one run.

    Raises OpenElsewhereError where another run has it, StartError where it can hold no library.
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
