"""A photo library on this machine: the declared stack, running in the embedded AWS on one folder."""

import contextlib
import fcntl
import gc
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from function.aws.dynamodb import DynamoDbIndex
from function.contract import WORKER_HANDLER, Variable
from function.postscript import ghostscript
from local import credentials, docker, program, users
from local.credentials import Credentials
from local.emulator.clients import Aws
from local.emulator.process import Emulator, StartError, require_free, run_emulator
from local.makers import EmbeddedMaker
from local.store import home
from local.store.choice import Choice

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

DEFAULT_FOLDER = Path(".safelight")
DEFAULT_PORT = 8484
STACK = "dev"
WAITING = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


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
    store: Choice | None = None

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

    def waiting(self) -> int:
        """How many messages wait, or were in the hands of a worker when the last run stopped."""
        asked = self.aws.client("sqs").get_queue_attributes(QueueUrl=self.queue_url, AttributeNames=WAITING)
        return sum(int(asked["Attributes"][name]) for name in WAITING)


def is_new(folder: Path) -> bool:
    """Whether the folder holds no library yet."""
    return not credentials.path(folder).exists()


@contextlib.contextmanager
def opened(
    folder: Path,
    port: int,
    stack: str = STACK,
    image: str | None = None,
    store: Choice | None = None,
    *,
    postscript: bool = False,
) -> Iterator[Library]:
    """The library in this folder, made when there is none; stopped, with its state saved, at the end.

    The functions run in the image, by Docker, where one is named; the buckets lie in another store, where one is
    chosen; `postscript` switches its drawing on. Raises StartError for what can be mended.
    """
    if postscript and not image:
        _require_ghostscript()
    changes = {**_for_this_machine(), **(store.adopted if store else {}), "safelight:postscript": postscript}
    settings = program.configure(stack, changes)
    require_free(port)
    bridge = docker.bridge(image) if image else None
    with locked(folder) as interrupted:
        home.require(folder, store)
        keys = credentials.of(folder)
        loading = threading.Thread(target=program.preload)
        loading.start()
        with run_emulator(folder, settings.region, keys, port, bridge) as running:
            loading.join()
            declared = program.run(stack, EmbeddedMaker(running.aws, image, store), changes=changes)
            running.serve_api(declared.exports["gallery"])
            users.ensure(running.aws, declared.exports["user_pool"], keys)
            queue_url = declared.url(f"{program.PROJECT}-{stack}-intake")
            environment, upkeep_arn = declared.environment(WORKER_HANDLER), declared.exports["upkeep"]
            _collect_garbage_again()
            yield Library(folder, running, keys, environment, queue_url, upkeep_arn, interrupted, store)


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


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Keep the folder to one run; tells whether the last one was killed. Raises StartError where it is taken."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(f"{folder} cannot hold a library ({error.strerror}); give another with DATA=") from None
    marker = folder / "running"
    interrupted = marker.exists()
    with marker.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError(f"the library in {folder} is open in another run; stop that one first") from None
        try:
            yield interrupted
        finally:
            marker.unlink(missing_ok=True)
