"""Releases an object's bytes from memory once they are on the disk, for older versions too.

MiniStack drops the current object's bytes after writing them, but its list of versions keeps them until a restart,
although it can read each from the disk; a library of photos would fill the memory.
No longer needed when `tests/local/test_gateway.py` passes without it.
"""

from typing import Any

from ministack.services import s3


def apply() -> None:
    """Drop the bytes of every version after each write."""
    persist = s3._persist_object

    def persist_and_release(bucket: str, key: str, obj: dict[str, Any]) -> None:
        persist(bucket, key, obj)
        if obj.get("body") is None:
            for version in s3._object_versions.get((bucket, key)) or ():
                version["data"] = None

    s3._persist_object = persist_and_release
