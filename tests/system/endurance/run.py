"""Imports a library under every fault, and compares the result with the expected state."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from function.index.keys import photo_id
from local.emulator.process import free_port
from local.library.library import Library, open_library
from tests.system.endurance import album
from tests.system.endurance.album import Key
from tests.system.endurance.invariants import Calm, Verdict, renditions, verdict
from tests.system.endurance.kills import kill_one
from tests.system.endurance.reordering import Disorder, Queue
from tests.system.endurance.weather import Weather, behind

UPLOADS = 4
POLL_SECONDS = 0.5
KILLS = 0.002
WORKER = "safelight-dev-worker"
# The declared 12 minutes are six times the worker's time-out; here the messages of a killed worker are retried sooner.
VISIBILITY_SECONDS = 15
# Much longer than a photo takes: without progress for this time, something is lost.
STALLED_SECONDS = 180


class StalledError(Exception):
    """The queue does not become empty."""


@dataclass(frozen=True)
class Figures:
    """The figures of a run."""

    photos: int
    events: int
    duplicates: int
    delays: int
    weather: Counter[str]
    redriven: int
    seconds: float
    verdict: Verdict

    def lines(self) -> list[str]:
        """Yield the figures as text."""
        states = ", ".join(f"{count} {state}" for state, count in sorted(self.verdict.states.items()))
        weather = ", ".join(f"{count} {what}" for what, count in sorted(self.weather.items()))
        return [
            f"{self.photos} photos; {self.events} events out of order, {self.duplicates} again, {self.delays} late",
            f"on their way: {weather or 'all fair'}",
            f"{self.redriven} dead letters sent back to the queue; {self.seconds:.0f} s",
            f"in the end: {states}; {len(self.verdict.faults)} faults",
            *self.verdict.faults[:20],
        ]


def endure(folder: Path, photos: int, seed: int, kills: float = KILLS) -> Figures:
    """Import `count` photos under every fault; `kills` is the share of requests at which a worker is killed."""
    chosen = random.Random(seed)
    drawn = album.pictures()
    keys = list(album.keys(photos, drawn, chosen))
    with open_library(folder, free_port()) as library:
        calm = _calm(library, drawn)
        bodies = _collect_events(library, keys)
        emulated = library.emulator.process.pid
        disorder, weather = Disorder(chosen), Weather(lambda: kill_one(emulated, chosen), chosen, kills)
        start = time.monotonic()
        with behind(library.aws.endpoint, weather) as endpoint:
            _send_through(library, endpoint)
            queue = Queue(library.aws.sqs, library.queue_url)
            queue.send(disorder.of(bodies))
            _mapping(library, enabled=True)
            redriven = _drain(library, queue)
        seconds = time.monotonic() - start
        found = verdict(library, keys, calm)
    return Figures(
        photos=photos,
        events=len(bodies) + disorder.duplicates,
        duplicates=disorder.duplicates,
        delays=disorder.delays,
        weather=weather.happened,
        redriven=redriven,
        seconds=seconds,
        verdict=found,
    )


def _calm(library: Library, drawn: Sequence[bytes]) -> Calm:
    """Import each picture without faults. Returns the expected renditions."""
    names = {f"calm/{number:02}.jpg": content for number, content in enumerate(drawn)}
    for name, content in names.items():
        _put(library, name, content)
    while len(library.index.get_many([photo_id(name) for name in names])) < len(names):
        time.sleep(POLL_SECONDS)
    stored = dict(renditions(library))
    found: dict[bytes, dict[str, str]] = {content: {} for content in drawn}
    for key, etag in stored.items():
        size, _, name = key.partition("/")
        found[names[name.removesuffix(".jpg")]][size] = etag
    return found


def _collect_events(library: Library, keys: Sequence[Key]) -> list[str]:
    """Upload and delete all versions, and take their events out of the queue before any worker receives them."""
    queue = Queue(library.aws.sqs, library.queue_url)
    _drain(library, queue)
    _mapping(library, enabled=False)
    with ThreadPoolExecutor(UPLOADS) as pool:
        list(tqdm(pool.map(lambda key: _upload_versions(library, key), keys), "put", len(keys), disable=None))
    wanted = sum(len(key.puts) for key in keys)
    while queue.length() < wanted:
        time.sleep(POLL_SECONDS)
    bodies = list(queue.take())
    assert len(bodies) == wanted
    return bodies


def _upload_versions(library: Library, key: Key) -> None:
    for content in key.puts:
        _put(library, key.name, content)


def _put(library: Library, name: str, content: bytes | None) -> None:
    target: dict[str, Any] = {"Bucket": library.originals_bucket, "Key": library.originals_prefix + name}
    if content is None:
        library.aws.s3.delete_object(**target)
    else:
        library.aws.s3.put_object(**target, Body=content)


def _mapping(library: Library, *, enabled: bool) -> None:
    functions = library.aws.client("lambda")
    mapping = functions.list_event_source_mappings(FunctionName=WORKER)["EventSourceMappings"][0]
    functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=enabled)


def _send_through(library: Library, endpoint: str) -> None:
    """Let the worker call AWS at this address, and shorten the retries of its messages."""
    functions = library.aws.client("lambda")
    variables = functions.get_function_configuration(FunctionName=WORKER)["Environment"]["Variables"]
    functions.update_function_configuration(
        FunctionName=WORKER, Environment={"Variables": {**variables, "AWS_ENDPOINT_URL": endpoint}}
    )
    # Dead letters are redriven here; the failures function would mark them as failed.
    letters = f"{library.queue_url}-dead-letters"
    arn = library.aws.sqs.get_queue_attributes(QueueUrl=letters, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    for mapping in functions.list_event_source_mappings(EventSourceArn=arn)["EventSourceMappings"]:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    library.aws.sqs.set_queue_attributes(
        QueueUrl=library.queue_url, Attributes={"VisibilityTimeout": str(VISIBILITY_SECONDS)}
    )


def _drain(library: Library, queue: Queue) -> int:
    """Wait until the queue is empty, and redrive dead letters. Returns the number of redriven messages."""
    letters = Queue(library.aws.sqs, f"{library.queue_url}-dead-letters")
    redriven, moved, left = 0, time.monotonic(), queue.length()
    with tqdm(desc="processed", total=left, disable=None) as bar:
        while (now := queue.length()) or letters.length():
            given_up = list(letters.take())
            queue.send([(body, 0) for body in given_up])
            redriven += len(given_up)
            moved = time.monotonic() if now != left else moved
            bar.update(max(0, left - now))
            left = now
            if time.monotonic() - moved > STALLED_SECONDS:
                raise StalledError(f"{now} messages are left and none is worked off")
            time.sleep(POLL_SECONDS)
    return redriven
