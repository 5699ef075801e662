"""Saves the state of buckets, tables, queues and users at each change, and reports failures.

MiniStack saves it when it stops, and ignores failures. If it cannot read the saved state, it starts with an empty one,
and overwrites the saved state when it stops.
No longer needed when MiniStack saves on each change, and refuses to start with a state that it cannot read.
"""

import importlib
import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from ministack import app
from ministack.core import persistence
from ministack.core.responses import error_response_json
from ministack.services import cognito, dynamodb, s3, sqs

from local.emulator import trouble
from local.emulator.kept import KEPT_STATE

READS = ("Get", "List", "Describe", "AdminGet", "AdminList", "Batch", "Query", "Scan", "Transact")
# Calls that change only items and messages, which are in the database.
STORED = ("PutItem", "UpdateItem", "DeleteItem", "SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessage")
LOGGER = logging.getLogger("persistence")
WRITES = {"PUT", "POST", "DELETE"}
MESSAGE = "The disk does not take the change."

_saved: dict[str, str] = {}


class UnreadableError(Exception):
    """A file of the saved state cannot be read; the message names it."""


def apply() -> None:
    """Save after each request that changes the state, and fail if it cannot be loaded."""
    app._load_persisted_state = lambda: None  # `load` is called earlier, and its failure ends the process
    app.save_all = lambda _: None  # everything is saved at that time
    s3._dispatch = _save_buckets_after(s3._dispatch)
    sqs._dispatch = _save_queues_after(sqs._dispatch)
    for name, module, failure in (
        ("dynamodb", dynamodb, "InternalServerError"),
        ("cognito", cognito, "InternalErrorException"),
    ):
        module.handle_request = _save_after(module.handle_request, name, failure)


def load() -> None:
    """Restore the state. Raises UnreadableError if a file cannot be read, OSError if the disk fails."""
    for name in KEPT_STATE:
        path = _path(name)
        if path.exists():
            _module(name).load_persisted_state(_read(path))
            save(name)  # in this version's format, before the first request


def save(name: str) -> None:
    """Save one part of the state if it has changed. Raises OSError if that fails; the file is then unchanged."""
    version, state = persistence._state_format_version(name), _module(name).get_state()
    text = json.dumps({"__ministack_format__": version, "payload": state}, default=persistence._json_default)
    if text != _saved.get(name):
        try:
            _write(_path(name), text)
        except OSError:
            trouble.note()
            raise
        _saved[name] = text


def _read(path: Path) -> Any:
    try:
        found = json.loads(path.read_text(), object_hook=persistence._json_object_hook)
        if found.get("__ministack_format__", 0) > persistence._state_format_version(path.stem):
            raise UnreadableError(f"{path} is of a newer version of Safelight; open the library with that one")
        return found.get("payload", found)
    except (ValueError, AttributeError):
        raise UnreadableError(f"{path} is damaged; put it back from a backup of the library's folder") from None


def _write(path: Path, text: str) -> None:
    beside = path.with_suffix(".saving")
    try:
        with beside.open("w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _path(name: str) -> Path:
    return Path(persistence.STATE_DIR) / f"{name}.json"


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"ministack.services.{name}")


def _is_read(action: str) -> bool:
    return action.startswith((*READS, *STORED))


def _save_buckets_after(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    def dispatch_and_save(method: str, bucket: str, key: str, *request: Any) -> Any:
        answer = dispatch(method, bucket, key, *request)
        if method in WRITES and not key:
            try:
                save("s3")
            except OSError as error:
                LOGGER.error("Buckets cannot be saved: %s", error)  # noqa: TRY400 - the disk's fault
                return s3._error("InternalError", MESSAGE, 500)
        return answer

    return dispatch_and_save


def _save_queues_after(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    async def dispatch_and_save(action: str, *request: Any) -> Any:
        answer = await dispatch(action, *request)
        if not _is_read(action):
            try:
                save("sqs")
            except OSError as error:
                LOGGER.error("Queues cannot be saved: %s", error)  # noqa: TRY400 - the disk's fault
                raise sqs._Err("InternalFailure", MESSAGE, 500) from None
        return answer

    return dispatch_and_save


def _save_after(handle: Callable[..., Any], name: str, failure: str) -> Callable[..., Any]:
    async def handle_and_save(method: str, path: str, headers: dict[str, str], *request: Any, **more: Any) -> Any:
        answer = await handle(method, path, headers, *request, **more)
        if method in WRITES and not _is_read(headers.get("x-amz-target", "").split(".")[-1]):
            try:
                save(name)
            except OSError as error:
                LOGGER.error("%s cannot be saved: %s", name, error)  # noqa: TRY400 - the disk's fault
                return error_response_json(failure, MESSAGE, 500)
        return answer

    return handle_and_save
