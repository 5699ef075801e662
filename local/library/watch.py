"""Finds changes in another store's originals bucket, and sends their events to the library's queue as S3 would.

The events of stores differ: keys are encoded or not; versions and sequencers are right, empty or wrong. Therefore each
key of a listing or a webhook is read from the store, and the event follows from that, with a sequencer of its own.
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
from local.external_store.listing_cache import ListingCache, open_cache
from local.external_store.webhook import Webhook
from local.library import s3_events
from local.library.library import Library

PAUSE_SECONDS = 2.0
# A pause lasts at least this many times as long as the listing before.
PAUSE_SHARE = 5
# If the store sends notifications, listings only find missed ones.
NOTIFIED_PAUSE_SECONDS = 300.0
WAITING_KEYS = 10_000
# The precision of the stores' upload times.
PRECISION = timedelta(seconds=1)
FAULTS = (ClientError, BotoCoreError, ServiceUnavailableError)


@dataclass(frozen=True)
class Watch:
    """Reconciles the originals bucket with the index, from listings and from the store's notifications."""

    library: Library
    cache: ListingCache
    named: "queue.Queue[str]" = field(default_factory=partial(queue.Queue, WAITING_KEYS))
    stopping: threading.Event = field(default_factory=threading.Event)

    def on_notification(self, key: str) -> None:
        """Queue a key of a notification, from any bucket; blocks while the queue is full."""
        if key.startswith(self.library.prefixes):
            self.named.put(key)

    def list_bucket(self) -> None:
        """List the prefixes, and send events of new, changed and missing keys."""
        number = self.cache.begin()
        pages = self.library.s3.get_paginator("list_objects_v2")
        for prefix in self.library.prefixes:
            for page in pages.paginate(Bucket=self.library.originals_bucket, Prefix=prefix):
                found = page.get("Contents", ())
                self._page({entry["Key"]: f"{entry['ETag']} {entry['LastModified']}" for entry in found}, number)
        for keys in self.cache.missing(number):
            self.reconcile(keys)
            self.cache.forget(keys)

    def reconcile(self, keys: Collection[str], replaced: Collection[str] = ()) -> None:
        """Compare these keys in the store with the index, and send events of the differences."""
        originals, indexed = S3Originals(self.library.s3, self.library.originals_bucket), self._indexed_photos(keys)
        for key in keys:
            stored, photo = originals.find(key), indexed.get(key)
            if stored:
                # If it is deleted before the next listing, that listing finds it missing.
                self.cache.add(key)
                if not (photo and _is_indexed(photo, stored, is_replaced=key in replaced)):
                    self._enqueue(s3_events.CREATED, key, photo, stored)
            elif not _is_removed(photo) if photo else self.cache.contains(key):
                self._enqueue(s3_events.REMOVED, key, photo, None)

    def _page(self, marks: dict[str, str], number: int) -> None:
        news = self.cache.changed(marks, number)
        self.reconcile(news, replaced=[key for key, mark in news.items() if mark])
        self.cache.remember({key: marks[key] for key in news}, number)

    def _enqueue(self, kind: str, key: str, photo: Photo | None, stored: ObjectInfo | None) -> None:
        now = datetime.now(UTC)
        sequencer = _next_sequencer(photo, _sequencer(now))
        uploaded, version_id = (stored.uploaded, stored.version_id) if stored else (now, None)
        s3_events.enqueue(self.library, kind, ObjectVersion(key, version_id, sequencer, uploaded))

    def _indexed_photos(self, keys: Iterable[str]) -> dict[str, Photo]:
        """Return the photos of these keys that the index has, by their full keys."""
        prefix = self.library.originals_prefix
        identifiers = [photo_id(key.removeprefix(prefix)) for key in keys if key.startswith(prefix)]
        return {prefix + photo.key: photo for photo in self.library.index.get_many(identifiers)}


def _is_indexed(photo: Photo, stored: ObjectInfo, *, is_replaced: bool) -> bool:
    if photo.state == State.DELETED:
        return False  # the object was uploaded or restored after that
    if stored.version_id:
        return photo.version_id == stored.version_id
    # Without versions: the photo is current if it was indexed later than this object's upload.
    later = photo.sequencer > _sequencer(stored.uploaded + PRECISION)
    return later and photo.bytes == stored.bytes and not is_replaced


def _is_removed(photo: Photo) -> bool:
    # The api marks a photo as deleted before its original and renditions are removed.
    return photo.state == State.DELETED and not photo.renditions


def _next_sequencer(photo: Photo | None, sequencer: str) -> str:
    """Return the sequencer, or the photo's last one plus 1 if the clock has gone back."""
    return max(sequencer, f"{int(photo.sequencer, 16) + 1:0{SEQUENCER_LENGTH}X}") if photo else sequencer


def _sequencer(moment: datetime) -> str:
    """Return a moment as a sequencer: nanoseconds since 1970, hexadecimal, as stores make them."""
    return f"{int(moment.timestamp() * 1_000_000) * 1000:X}".ljust(SEQUENCER_LENGTH, "0")


@contextlib.contextmanager
def watch_bucket(library: Library, webhook: Webhook | None) -> Iterator[None]:
    """Watch the library's store in a thread, until the end of the block."""
    with contextlib.closing(open_cache(guard.listing_file(library.folder)).db) as db:
        watch = Watch(library, ListingCache(db))
        if library.interrupted or library.waiting():
            watch.cache.invalidate()
        if webhook:
            webhook.hand = watch.on_notification
        thread = threading.Thread(target=_watch, args=(watch,), name="watch")
        thread.start()
        try:
            yield
        finally:
            watch.stopping.set()
            with contextlib.suppress(queue.Full):
                watch.named.put_nowait("")  # wakes the thread
            thread.join()


def _watch(watch: Watch) -> None:
    """List the bucket periodically, and reconcile notified keys at once."""
    notified, answered, due, key = False, True, 0.0, ""
    while not watch.stopping.is_set():
        start = time.monotonic()
        answered = _answers(partial(watch.reconcile, [key]) if key else watch.list_bucket, answered_before=answered)
        notified = notified or bool(key)
        if not (key and answered):
            longest = NOTIFIED_PAUSE_SECONDS if notified and answered else 0
            due = start + max(PAUSE_SECONDS, PAUSE_SHARE * (time.monotonic() - start), longest)
        key = _next(watch.named, due)


def _next(named: "queue.Queue[str]", due: float) -> str:
    """Return the next notified key; an empty text when the next listing is due."""
    try:
        return named.get(timeout=max(0.0, due - time.monotonic()))
    except queue.Empty:
        return ""


def _answers(act: Callable[[], None], *, answered_before: bool) -> bool:
    """Run `act` and tell whether the store answered; the first failure is printed."""
    try:
        act()
    except FAULTS as error:
        if answered_before:
            print(f"The store does not answer ({error}); it is asked until it does.", file=sys.stderr, flush=True)
        return False
    return True
