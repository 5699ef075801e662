"""Finds what changed in another store's originals bucket by listing it, and tells the library's queue."""

import contextlib
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from botocore.exceptions import BotoCoreError, ClientError

from function.aws.s3 import S3Originals
from function.handlers.changes import SEQUENCER_LENGTH
from function.keys import photo_id
from function.ports import Stored, WorldError
from function.values import Original, Photo, State
from local import records
from local.library import Library
from local.store import home
from local.store.seen import Seen, opened
from local.store.webhook import Webhook

PAUSE_SECONDS = 2.0
# A bucket whose listing takes long is not listed all the time.
PAUSE_SHARE = 5
# Where the store tells of changes by itself, the listing only finds what it failed to tell.
TOLD_PAUSE_SECONDS = 300.0


@dataclass(frozen=True)
class Watch:
    """The originals bucket, and what its last listing showed."""

    library: Library
    seen: Seen

    def round(self) -> None:
        """List what lies below the prefixes, and tell of what is new, changed or gone."""
        number = self.seen.begin()
        pages = self.library.s3.get_paginator("list_objects_v2")
        for prefix in self.library.prefixes:
            for page in pages.paginate(Bucket=self.library.originals_bucket, Prefix=prefix):
                found = page.get("Contents", ())
                self._page({entry["Key"]: f"{entry['ETag']} {entry['LastModified']}" for entry in found}, number)
        for keys in self.seen.gone(number):
            self._removed(keys)
            self.seen.forget(keys)

    def _page(self, marks: dict[str, str], number: int) -> None:
        news = self.seen.unlike(marks, number)
        self._created(news)
        self.seen.note({key: marks[key] for key in news}, number)

    def _created(self, keys: Sequence[str]) -> None:
        originals = S3Originals(self.library.s3, self.library.originals_bucket)
        known = self._known(keys)
        for key in keys:
            stored, photo = originals.find(key), known.get(key)
            if stored and not (photo and _is_taken_in(photo, stored)):
                original = Original(key, stored.version_id, "", stored.uploaded)
                records.tell(self.library, records.CREATED, replace(original, sequencer=_after(photo, stored.uploaded)))

    def _removed(self, keys: Sequence[str]) -> None:
        known = self._known(keys)
        for key in keys:
            photo = known.get(key)
            # The api marks a photo as deleted before anything else of it is gone.
            if not photo or photo.state != State.DELETED or photo.renditions:
                now = datetime.now(UTC)
                records.tell(self.library, records.REMOVED, Original(key, None, _after(photo, now), now))

    def _known(self, keys: Iterable[str]) -> dict[str, Photo]:
        """What the index has of these, by their whole keys."""
        prefix = self.library.originals_prefix
        identifiers = [photo_id(key.removeprefix(prefix)) for key in keys if key.startswith(prefix)]
        return {prefix + photo.key: photo for photo in self.library.index.get_many(identifiers)}


def _is_taken_in(photo: Photo, stored: Stored) -> bool:
    if photo.state == State.DELETED:
        return False  # what lies there came, or came back, after that
    if stored.version_id:
        return photo.version_id == stored.version_id
    return photo.sequencer >= _sequencer(stored.uploaded)


def _after(photo: Photo | None, moment: datetime) -> str:
    """A sequencer of this moment, and above the photo's last one whatever the clocks say."""
    following = f"{int(photo.sequencer, 16) + 1:0{SEQUENCER_LENGTH}X}" if photo else ""
    return max(_sequencer(moment), following)


def _sequencer(moment: datetime) -> str:
    return f"{records.sequencer(moment):X}".ljust(SEQUENCER_LENGTH, "0")


@contextlib.contextmanager
def watching(library: Library, webhook: Webhook | None) -> Iterator[None]:
    """Tell the library of what happens in its store."""
    stopping, heard = threading.Event(), threading.Event()
    if webhook:
        webhook.library, heard = library, webhook.heard
    with contextlib.closing(opened(home.listing(library.folder)).db) as db:
        watch = Watch(library, Seen(db))
        if library.interrupted or library.waiting():
            watch.seen.doubt()
        thread = threading.Thread(target=_rounds, args=(watch, stopping, heard), name="watch")
        thread.start()
        try:
            yield
        finally:
            stopping.set()
            thread.join()


def _rounds(watch: Watch, stopping: threading.Event, heard: threading.Event) -> None:
    silent = False
    while not stopping.is_set():
        start = time.monotonic()
        try:
            watch.round()
            silent = False
        except (ClientError, BotoCoreError, WorldError) as error:
            if not silent:
                print(
                    f"The store cannot be listed ({error}); it is tried again until it can.",
                    file=sys.stderr,
                    flush=True,
                )
            silent = True
        pause = max(PAUSE_SECONDS, PAUSE_SHARE * (time.monotonic() - start))
        # The first word of the webhook ends the frequent listing, at the next turn.
        stopping.wait(TOLD_PAUSE_SECONDS if heard.is_set() else pause)
