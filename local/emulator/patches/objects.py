"""Answers with an error if the disk cannot store or read an object.

MiniStack logs that it could not store an object and answers 200; if it cannot read one, it answers with an empty
object. S3 answers with an error and keeps the earlier object. Here the status is 507 if the disk is full, else 500.
S3's events are sent only after the object is stored.
No longer needed when `tests/local/emulator/test_disks.py` passes without it.
"""

import errno
import json
import logging
import os
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ministack.core.responses import get_account_id
from ministack.services import s3

from local.emulator import files, trouble

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
WRITES = {"PUT", "POST", "DELETE"}
LOGGER = logging.getLogger("s3")

Record = dict[str, Any]


class DiskError(BaseException):
    """The disk failed. Not an Exception, because MiniStack catches every Exception and continues."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.is_full = error.errno in NO_ROOM


@dataclass(frozen=True)
class Before:
    """The state of a key in memory before a request."""

    bucket: str
    key: str
    current: Record | None
    versions: list[Record] | None

    def restore(self) -> None:
        """Restore the key's state."""
        found = s3._buckets.get(self.bucket)
        if found is not None:
            _set(found["objects"], self.key, self.current)
        _set(s3._object_versions, (self.bucket, self.key), self.versions)


@dataclass(frozen=True)
class Request:
    """A request's changes, to undo them if it fails, and its events, to send them if it succeeds."""

    before: list[Before] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    events: list[Callable[[], None]] = field(default_factory=list)

    def remember(self, bucket: str, key: str) -> None:
        """Record the state of a key."""
        found, versions = s3._buckets.get(bucket), s3._object_versions.get((bucket, key))
        current = found["objects"].get(key) if found else None
        copied = None if versions is None else [dict(version) for version in versions]
        self.before.append(Before(bucket, key, current, copied))

    def undo(self) -> None:
        """Restore the state of memory and disk before the request."""
        for before in reversed(self.before):
            before.restore()
        files.discard(map(Path, self.links))


_request: ContextVar[Request | None] = ContextVar("_request", default=None)


def apply() -> None:
    """Pass failures of the disk to the one handler that answers them."""
    s3._persist_object = _persist(s3._persist_object)
    s3._persist_displaced_version = _persist_displaced
    s3._atomic_write = _raise_faults(s3._atomic_write)
    raised = {"makedirs": _raise_faults(os.makedirs), "remove": _raise_faults(os.remove)}
    s3.os = SimpleNamespace(**{**vars(s3.os), **raised})
    s3._read_body = _read_body
    s3._version_body = _version_body
    s3._fire_s3_event_async = _hold_events(s3._fire_s3_event_async)
    s3._record_delete_marker = _remember_before(s3._record_delete_marker)
    s3._dispatch = _answer_faults(s3._dispatch)


def _answer_faults(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    def dispatch_or_refuse(method: str, bucket: str, key: str, headers: Any, body: bytes, query: Any) -> Any:
        token = _request.set(request := Request())
        upload = s3._qp(query, "uploadId", "")
        parts = s3._multipart_uploads.get(upload)
        try:
            if method in WRITES and key:
                request.remember(bucket, key)
            answer = dispatch(method, bucket, key, headers, body, query)
        except DiskError as error:
            request.undo()
            _set(s3._multipart_uploads, upload, parts)  # it can be completed once there is space
            trouble.note()
            LOGGER.error("%s %s/%s failed: %s", method, bucket, key, error)  # noqa: TRY400 - the disk's fault
            return _refusal(error, f"/{bucket}/{key}")
        finally:
            _request.reset(token)
        for event in request.events:
            event()
        return answer

    return dispatch_or_refuse


def _refusal(error: DiskError, resource: str) -> Any:
    if error.is_full:
        return s3._error("InsufficientStorage", "There is no room left on the disk.", 507, resource)
    return s3._error("InternalError", "The disk of the library reports an error.", 500, resource)


def _persist(persist_other: Callable[..., None]) -> Callable[..., None]:
    def persist(bucket: str, key: str, found: Any) -> None:
        path = s3._object_disk_path(bucket, key)
        if path is None or not isinstance(found, dict):
            persist_other(bucket, key, found)
            return
        history = s3._key_history_meta(bucket, key)
        description = json.dumps({**s3._object_meta_from_record(found), **history, "key": key}).encode()
        s3.os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)  # noqa: PTH120
        _raise_faults(files.replace)(path, description, found.get("body"))
        found["body"] = None
        root = os.path.join(s3.DATA_DIR, get_account_id(), bucket)  # noqa: PTH118
        s3._remove_key_files(s3._other_key_disk_path(root, key, path))

    return persist


def _persist_displaced(bucket: str, key: str, prior: Record | None, versioning: str) -> None:
    """Keep the bytes of the replaced version, by a hard link if the file system has them."""
    if versioning == "Suspended":
        s3._delete_version_file(bucket, key, "null")
    version = (prior or {}).get("version_id") or "null"
    source, target = s3._object_disk_path(bucket, key), s3._version_disk_path(bucket, key, version)
    if prior is None or (versioning == "Suspended" and version == "null") or source is None or target is None:
        return
    if not os.path.exists(target):  # noqa: PTH110
        s3.os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)  # noqa: PTH120
        _raise_faults(files.link)(source, target)
        if request := _request.get():
            request.links.append(target)


def _read_body(bucket: str, key: str, found: Record) -> bytes:
    body: bytes | None = found.get("body")
    path = s3._object_disk_path(bucket, key)
    return body if body is not None else _raise_faults(_read)(path)


def _version_body(bucket: Record, name: str, key: str, version: Record) -> bytes | None:
    if version.get("data") is not None:
        data: bytes = version["data"]
        return data
    if s3._version_file_exists(name, key, version["version_id"]):
        content: bytes = _raise_faults(_read)(s3._version_disk_path(name, key, version["version_id"]))
        return content
    current = bucket["objects"].get(key)
    if current is not None and (current.get("version_id") or "null") == version["version_id"]:
        return _read_body(name, key, current)
    return None


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - a Path would cost as much as this saves
        return file.read()


def _raise_faults(act: Callable[..., Any]) -> Callable[..., Any]:
    def act_or_raise(*given: Any, **named: Any) -> Any:
        try:
            return act(*given, **named)
        except OSError as error:
            raise DiskError(error) from error

    return act_or_raise


def _hold_events(fire: Callable[..., None]) -> Callable[..., None]:
    def fire_when_stored(*event: Any, **more: Any) -> None:
        if request := _request.get():
            request.events.append(lambda: fire(*event, **more))
        else:
            fire(*event, **more)

    return fire_when_stored


def _remember_before(record: Callable[..., str]) -> Callable[..., str]:
    def remember_and_record(bucket: str, key: str, prior: Record | None) -> str:
        if request := _request.get():
            request.remember(bucket, key)
        return record(bucket, key, prior)

    return remember_and_record


def _set(store: Any, key: Any, value: Any) -> None:
    if value is None:
        store.pop(key, None)
    else:
        store[key] = value
