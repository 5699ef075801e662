"""What MiniStack does dearer than it must, or otherwise than AWS: small changes of its parts.

Each replaces one of its private functions, and has a test that fails where that one is gone or is no longer asked.
"""

import json
import os
from collections.abc import Callable
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, TextIO

from ministack.core import iam_evaluator, persistence
from ministack.services import s3

POLICIES, FOLDERS = 256, 4096
# What AWS has no action of its own for.
AUTHORIZED_AS = {"sns:PublishBatch": "sns:Publish"}


def release_versions() -> None:
    """Let go of an object's bytes once they are on the disk, for older versions too.

    MiniStack drops the current object's bytes after writing them, but its list of versions keeps them until a restart,
    although it can read each from the disk; a library of photos would fill the memory.
    """
    persist = s3._persist_object  # noqa: SLF001 - there is no setting for it

    def persist_and_release(bucket: str, key: str, obj: dict[str, Any]) -> None:
        persist(bucket, key, obj)
        if obj.get("body") is None:
            for version in s3._object_versions.get((bucket, key)) or ():  # noqa: SLF001
                version["data"] = None

    s3._persist_object = persist_and_release  # noqa: SLF001


def save_at_once() -> None:
    """Have the state written as one text: `json.dump` puts it together in Python, which takes six times as long.

    Of a large library that is more than the time that the process is given to stop.
    """

    def dump(value: Any, file: TextIO, **options: Any) -> None:
        file.write(json.dumps(value, **options))

    persistence.json = SimpleNamespace(**{**vars(json), "dump": dump})


def read_policies_once() -> None:
    """Remember what a policy's text says: MiniStack reads the caller's policies twice for each request.

    They are found by their text, so that a policy that has been changed is another one.
    """
    parse = iam_evaluator.parse_policy_document
    of_text = lru_cache(POLICIES)(parse)

    def read(document: str | dict[str, Any]) -> list[Any]:
        return list(of_text(document)) if isinstance(document, str) else parse(document)

    iam_evaluator.parse_policy_document = read


def resolve_folders_once() -> None:
    """Remember where folders lie: MiniStack follows each object's path from the root several times for each request.

    Whether the object itself is a link is looked at each time; a folder among the objects never becomes one.
    """
    resolve = os.path.realpath
    of_folder = lru_cache(FOLDERS)(resolve)

    def resolved(path: str) -> str:
        folder, name = os.path.split(path)
        if name in {"", os.curdir, os.pardir} or os.path.islink(path):  # noqa: PTH114 - a Path costs what this saves
            return resolve(path)
        return os.path.join(of_folder(folder), name)  # noqa: PTH118

    s3.os = SimpleNamespace(**{**vars(os), "path": SimpleNamespace(**{**vars(os.path), "realpath": resolved})})


def authorize_as_aws() -> None:
    """Ask for the permission that AWS asks for: MiniStack takes each call's own name for that of its action."""
    enforce = iam_evaluator.enforce

    def enforce_by_action(access_key: str, action: str, *where: Any, **more: Any) -> Any:
        return enforce(access_key, AUTHORIZED_AS.get(action, action), *where, **more)

    iam_evaluator.enforce = enforce_by_action


ADJUSTMENTS: tuple[Callable[[], None], ...] = (
    release_versions,
    save_at_once,
    read_policies_once,
    resolve_folders_once,
    authorize_as_aws,
)


def make() -> None:
    """Make every adjustment, before the first request."""
    for adjust in ADJUSTMENTS:
        adjust()
