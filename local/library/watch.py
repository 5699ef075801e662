"""Finds what changed in another store's originals bucket, and tells the library's queue as S3 would.

Stores differ in what they say of a change: keys are encoded or not, versions and sequencers there, empty or wrong.
What a listing or a webhook names is therefore looked at; what was seen is told, numbered in the order of looking.
"""

import contextlib
import queue
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from botocore.exceptions import BotoCoreError, ClientError

from function.aws.s3.buckets import S3Originals
from function.errors import ServiceUnavailableError
from function.handlers.events import SEQUENCER_LENGTH
from function.index.keys import photo_id
from function.ports.objects import ObjectInfo
from function.values.objects import ObjectVersion
from function.values.photo import Photo, State
from local.external_store import guard
from local.external_store.listing_cache import Seen, opened
from local.external_store.webhook import Webhook
from local.library import s3_events
from local.library.library import Library

PAUSE_SECONDS = 2.0
# A bucket whose listing takes long is not listed all the time.
PAUSE_SHARE = 5
# Where the store tells of changes by itself, the listing only finds what it failed to tell.
TOLD_PAUSE_SECONDS = 300.0
WAITING_KEYS = 10_000
# As exactly as stores tell when an object came.
PRECISION = timedelta(seconds=1)
FAULTS = (ClientError, BotoCoreError, ServiceUnavailableError)


@dataclass(frozen=True)
class Watch:
    """The originals bucket, what its last listing showed, and the keys that the store named since."""

    library: Library
    seen: Seen
    named: "queue.Queue[str]" = field(default_factory=partial(queue.Queue, WAITING_KEYS))
    stopping: threading.Event = field(default_factory=threading.Event)

    def hear(self, key: str) -> None:
        """The store names a key, of whatever bucket; whoever names too many at once waits."""
        if key.startswith(self.library.prefixes):
            self.named.put(key)

    def round(self) -> None:
        """List what lies below the prefixes, and tell of what is new, changed or gone."""
        number = self.seen.begin()
        pages = self.library.s3.get_paginator("list_objects_v2")
        for prefix in self.library.prefixes:
            for page in pages.paginate(Bucket=self.library.originals_bucket, Prefix=prefix):
                found = page.get("Contents", ())
                self._page({entry["Key"]: f"{entry['ETag']} {entry['LastModified']}" for entry in found}, number)
        for keys in self.seen.gone(number):
            self.look(keys)
            self.seen.forget(keys)

    def look(self, keys: Collection[str], replaced: Collection[str] = ()) -> None:
        """Tell of what lies under these keys, or no longer does, as far as the index does not know."""
        originals, known = S3Originals(self.library.s3, self.library.originals_bucket), self._known(keys)
        for key in keys:
            stored, photo = originals.find(key), known.get(key)
            if stored:
                # Should it go before the next listing, that one misses it.
                self.seen.expect(key)
                if not (photo and _is_taken_in(photo, stored, is_replaced=key in replaced)):
                    self._tell(s3_events.CREATED, key, photo, stored)
            elif not _is_taken_out(photo) if photo else self.seen.expects(key):
                self._tell(s3_events.REMOVED, key, photo, None)

    def _page(self, marks: dict[str, str], number: int) -> None:
        news = self.seen.unlike(marks, number)
        self.look(news, replaced=[key for key, mark in news.items() if mark])
        self.seen.note({key: marks[key] for key in news}, number)

    def _tell(self, kind: str, key: str, photo: Photo | None, stored: ObjectInfo | None) -> None:
        now = datetime.now(UTC)
        sequencer = _after(photo, _sequencer(now))
        uploaded, version_id = (stored.uploaded, stored.version_id) if stored else (now, None)
        s3_events.tell(self.library, kind, ObjectVersion(key, version_id, sequencer, uploaded))

    def _known(self, keys: Iterable[str]) -> dict[str, Photo]:
        """What the index has of these, by their whole keys."""
        prefix = self.library.originals_prefix
        identifiers = [photo_id(key.removeprefix(prefix)) for key in keys if key.startswith(prefix)]
        return {prefix + photo.key: photo for photo in self.library.index.get_many(identifiers)}


def _is_taken_in(photo: Photo, stored: ObjectInfo, *, is_replaced: bool) -> bool:
    if photo.state == State.DELETED:
        return False  # what lies there came, or came back, after that
    if stored.version_id:
        return photo.version_id == stored.version_id
    # Without versions: it was told of when this had been there for long enough not to be another one.
    later = photo.sequencer > _sequencer(stored.uploaded + PRECISION)
    return later and photo.bytes == stored.bytes and not is_replaced


def _is_taken_out(photo: Photo) -> bool:
    # The api marks a photo as deleted before anything else of it is gone.
    return photo.state == State.DELETED and not photo.renditions


def _after(photo: Photo | None, sequencer: str) -> str:
    """The sequencer, or one above the photo's last one, should the clock have gone back."""
    return max(sequencer, f"{int(photo.sequencer, 16) + 1:0{SEQUENCER_LENGTH}X}") if photo else sequencer


def _sequencer(moment: datetime) -> str:
    """A sequencer as stores make them: the nanoseconds since 1970, hexadecimal."""
    return f"{int(moment.timestamp() * 1_000_000) * 1000:X}".ljust(SEQUENCER_LENGTH, "0")


@contextlib.contextmanager
def watching(library: Library, webhook: Webhook | None) -> Iterator[None]:
    """Tell the library of what happens in its store."""
    with contextlib.closing(opened(guard.listing_file(library.folder)).db) as db:
        watch = Watch(library, Seen(db))
        if library.interrupted or library.waiting():
            watch.seen.doubt()
        if webhook:
            webhook.hand = watch.hear
        thread = threading.Thread(target=_watch, args=(watch,), name="watch")
        thread.start()
        try:
            yield
        finally:
            watch.stopping.set()
            with contextlib.suppress(queue.Full):
                watch.named.put_nowait("")  # it need not wait for the next
            thread.join()


def _watch(watch: Watch) -> None:
    """List again and again, and look at once at what the store names."""
    heard, answered, due, key = False, True, 0.0, ""
    while not watch.stopping.is_set():
        start = time.monotonic()
        answered = _answers(partial(watch.look, [key]) if key else watch.round, answered_before=answered)
        heard = heard or bool(key)
        if not (key and answered):
            told = TOLD_PAUSE_SECONDS if heard and answered else 0
            due = start + max(PAUSE_SECONDS, PAUSE_SHARE * (time.monotonic() - start), told)
        key = _next(watch.named, due)


def _next(named: "queue.Queue[str]", due: float) -> str:
    """The next key that the store names; an empty text when it is time to list."""
    try:
        return named.get(timeout=max(0.0, due - time.monotonic()))
    except queue.Empty:
        return ""


def _answers(act: Callable[[], None], *, answered_before: bool) -> bool:
    """Whether the store answered; that it does not is said once."""
    try:
        act()
    except FAULTS as error:
        if answered_before:
            print(f"The store does not answer ({error}); it is asked until it does.", file=sys.stderr, flush=True)
        return False
    return True
