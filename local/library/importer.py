"""Imports a folder of photos through the declared stack, and waits until each photo has a final state."""

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError
from tqdm import tqdm

from function.index.keys import photo_id
from function.service.sidecars.pairing import is_sidecar
from function.values.photo import Photo, State
from local.library import space
from local.library.library import Library
from local.library.photo_folder import listing, unreadable_reason

# More parallel uploads than processors slow each other down.
UPLOADS = min(4, os.cpu_count() or 2)
# Polling takes processor time from the photos: with many open, poll rarely and only the next ones; the last, often.
ASKED_AT_ONCE, FEW = 25, 30
POLL_SECONDS, POLL_SECONDS_OF_FEW = 1.0, 0.2
# Longer than the stack's retries: the visibility time-out times the receives, and a margin.
STALLED_SECONDS = 45 * 60
LONGEST_KEY = 1024


# Seconds without progress after which the disk is checked.
UNMOVED_SECONDS = 10
# S3's status codes for an upload that was not stored.
NOT_STORED = {HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.INSUFFICIENT_STORAGE}
UPLOAD_AGAIN = "Free some space, then import it again."
SHOW_LATER = "Free some space; the next run shows them."


class StalledError(Exception):
    """Some photos have no final state long after the stack's last retry."""


@dataclass(frozen=True)
class Upload:
    """An uploaded file: its key below the prefix, and its version in the originals bucket."""

    key: str
    version_id: str | None


@dataclass
class FolderImport:
    """The import of one folder: its uploads and their states."""

    library: Library
    refused: list[Photo] = field(default_factory=list)
    # Files that the disk did not take, with the reasons.
    left: list[Photo] = field(default_factory=list)

    def run(self, folder: Path) -> list[Photo]:
        """Upload every file of the folder and wait. Returns the photos by key; raises StalledError."""
        found = listing(folder)
        reasons = {path: self._unusable(folder, path) for path in found.files}
        self.refused = [_refused_photo(_key(folder, path), reason) for path, reason in reasons.items() if reason]
        self.refused += [_unlisted_photo(_key(folder, path), reason) for path, reason in found.unreadable.items()]
        uploads = self._upload(folder, [path for path, reason in reasons.items() if not reason])
        return sorted([*self._await_photos(uploads), *self.refused, *self.left], key=lambda photo: photo.key)

    def _unusable(self, folder: Path, path: Path) -> str | None:
        return _unusable(self.library.originals_prefix + _key(folder, path)) or unreadable_reason(path)

    def _upload(self, folder: Path, files: Sequence[Path]) -> list[Upload]:
        there = dict(self._there())
        if not self.library.store:
            new = [path for path in files if _key(folder, path) not in there]
            space.require_room(self.library.folder, [path.stat().st_size for path in new])
        total = sum(path.stat().st_size for path in files)
        uploads: list[Upload] = []
        with ThreadPoolExecutor(UPLOADS) as pool, _bar("uploaded", total, unit="B", unit_scale=True) as bar:
            running = {pool.submit(self._put, path, _key(folder, path), there): path for path in files}
            try:
                for done in as_completed(running):
                    uploads += self._upload_or_record(done, _key(folder, running[done]))
                    bar.update(running[done].stat().st_size)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return uploads

    def _upload_or_record(self, done: "Future[Upload]", key: str) -> list[Upload]:
        """Return the upload if the disk took it; else record it. Later, smaller files may still fit."""
        try:
            return [done.result()]
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] not in NOT_STORED:
                raise
            self.left.append(_left_photo(key, f"Not stored: {error.response['Error']['Message']} {UPLOAD_AGAIN}"))
            return []

    def _there(self) -> Iterator[tuple[str, str]]:
        pages = self.library.s3.get_paginator("list_objects_v2")
        prefix = self.library.originals_prefix
        for page in pages.paginate(Bucket=self.library.originals_bucket, Prefix=prefix):
            for found in page.get("Contents", ()):
                yield found["Key"].removeprefix(prefix), found["ETag"].strip('"')

    def _put(self, path: Path, key: str, there: dict[str, str]) -> Upload:
        target: Any = {"Bucket": self.library.originals_bucket, "Key": f"{self.library.originals_prefix}{key}"}
        if key in there and there[key] == _md5(path):
            return Upload(key, self.library.s3.head_object(**target).get("VersionId"))
        with path.open("rb") as body:
            return Upload(key, self.library.s3.put_object(**target, Body=body).get("VersionId"))

    def _await_photos(self, uploads: Iterable[Upload]) -> list[Photo]:
        waiting = {photo_id(upload.key): upload for upload in uploads}
        has_sidecars = any(is_sidecar(upload.key) for upload in waiting.values())
        finished: dict[str, Photo] = {}
        moved = time.monotonic()
        with _bar("in the library", len(waiting), unit="photo") as bar:
            while waiting:
                # Photos finish about in the order of their uploads, so only the next ones are polled.
                asked = {identifier: waiting.pop(identifier) for identifier in list(waiting)[:ASKED_AT_ONCE]}
                ended = self._final_photos(asked)
                moved = time.monotonic() if ended else moved
                for photo in ended:
                    finished[photo_id(photo.key)] = photo
                    del asked[photo_id(photo.key)]
                bar.update(len(ended))
                # If none of these has finished, continue with the others, and poll these again at the end.
                waiting = {**asked, **waiting} if ended else {**waiting, **asked}
                # If most of these have finished, so have the next ones.
                if waiting and len(ended) <= len(asked):
                    if reason := self._stopped_by_the_disk(moved):
                        self.left += [_left_photo(upload.key, reason) for upload in waiting.values()]
                        break
                    _give_up_after(moved, waiting.values())
                    time.sleep(POLL_SECONDS if len(waiting) > FEW else POLL_SECONDS_OF_FEW)
        # A sidecar that was processed after its photo has changed the photo's item.
        return self.library.index.get_many(list(finished)) if has_sidecars else list(finished.values())

    def _stopped_by_the_disk(self, moved: float) -> str | None:
        """Return the disk's error if the import has stalled because renditions cannot be stored."""
        if self.library.store or time.monotonic() - moved < UNMOVED_SECONDS:
            return None
        reason = space.refusal(self.library.folder)
        return f"Stored, but not shown: the disk takes nothing more ({reason}). {SHOW_LATER}" if reason else None

    def _final_photos(self, waiting: dict[str, Upload]) -> list[Photo]:
        found = self.library.index.get_many(list(waiting))
        return [photo for photo in found if photo.settled and _is_of(photo, waiting[photo_id(photo.key)])]


def _key(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _is_of(photo: Photo, upload: Upload) -> bool:
    return photo.version_id == upload.version_id


def _unusable(key: str) -> str | None:
    try:
        length = len(key.encode())
    except UnicodeEncodeError:
        return "The file's name is no valid text (UTF-8), so no key can be made of it; rename the file."
    if length > LONGEST_KEY:
        return f"The file's path makes a key of {length} bytes; S3 takes {LONGEST_KEY}. Give it a shorter name."
    return None


def _refused_photo(key: str, reason: str) -> Photo:
    return Photo(key=key.encode(errors="replace").decode(), state=State.UNSUPPORTED, sequencer="", reason=reason)


def _unlisted_photo(key: str, reason: str) -> Photo:
    why = (
        f"The folder cannot be read ({reason}), so its files were not imported. Change its permissions, and try again."
    )
    return replace(_refused_photo(f"{key}/", why), state=State.FAILED)


def _left_photo(key: str, reason: str) -> Photo:
    return Photo(key=key, state=State.FAILED, sequencer="", reason=reason)


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        # Compared with S3's ETag, and not used for security.
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _give_up_after(moved: float, waiting: Iterable[Upload]) -> None:
    if time.monotonic() - moved > STALLED_SECONDS:
        names = ", ".join(upload.key for upload in list(waiting)[:5])
        raise StalledError(f"nothing moved for {STALLED_SECONDS // 60} minutes; still waiting for {names}")


def _bar(what: str, total: int, **options: object) -> "tqdm[None]":
    # disable=None: no progress bar without a terminal.
    return tqdm(desc=what, total=total, disable=None, **options)  # type: ignore[call-overload,no-any-return]
