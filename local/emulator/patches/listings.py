"""Lists a bucket from sorted keys, so that the cost of a page depends on its length and not on the bucket's.

MiniStack filters and sorts all keys of a bucket, and for versions those of all buckets, for each page. Here the keys
are kept sorted from the first listing on, and MiniStack's own code lists the keys that can stand on the page.
No longer needed when `tests/local/emulator/test_listings.py` counts as few keys without it.
"""

from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

from ministack.core.responses import get_account_id
from ministack.services import s3
from sortedcontainers import SortedDict

from local.emulator.patches import prefixes

# Returns the first key at or after this one; None at the end.
Seek = Callable[[str], str | None]


def apply() -> None:
    """Keep the keys of each listed bucket sorted, and list from them."""
    collect, versions = s3._collect_list_entries, s3._list_object_versions

    def entries(objects: dict[str, Any], prefix: str, delimiter: str, most: int, after: str) -> Any:
        if not isinstance(objects, SortedDict):
            objects = _sorted_objects(objects)
        keys = rows(_seek(objects), prefix, delimiter, after, most + 1)
        return collect(dict.fromkeys(keys), prefix, delimiter, most, after)

    def object_versions(bucket_name: str, asked: dict[str, Any]) -> Any:
        most = s3._qp(asked, "max-keys", "1000")
        bucket = s3._ensure_bucket(bucket_name)
        if bucket is None or not most.isdecimal():
            return versions(bucket_name, asked)
        return FunctionType(versions.__code__, {**vars(s3), **_narrow(bucket_name, bucket, asked, int(most))})(
            bucket_name, asked
        )

    s3._collect_list_entries, s3._list_object_versions = entries, object_versions


def rows(seek: Seek, prefix: str, delimiter: str, after: str, most: int | None) -> Iterator[str]:
    """Yield the keys below a prefix from `after` on, sorted; of each common prefix only the first key.

    Stops after `most` rows (keys or common prefixes after `after`), or with None at the last key.
    """
    shown = 0
    at: str | None = max(prefix, after)
    while (most is None or shown < most) and at is not None:
        key = seek(at)
        if key is None or not key.startswith(prefix):
            return
        yield key
        cut = key.find(delimiter, len(prefix)) if delimiter else -1
        row = key if cut < 0 else key[: cut + len(delimiter)]
        shown += row > after
        at = key + "\0" if cut < 0 else prefixes.end(row)


def _sorted_objects(objects: dict[str, Any]) -> SortedDict[str, Any]:
    """Return the bucket's objects in a dictionary with sorted keys, and put that dictionary into the bucket."""
    for bucket in list(s3._buckets._data.values()):
        if bucket["objects"] is objects:
            bucket["objects"] = SortedDict(objects)
            found: SortedDict[str, Any] = bucket["objects"]
            return found
    return SortedDict(objects)


def _seek(objects: "SortedDict[str, Any]") -> Seek:
    return lambda at: next(objects.irange(minimum=at), None)


def _seek_versions(bucket_name: str) -> Seek:
    """Return a seek function for the bucket's keys with versions, including deleted objects."""
    store = s3._object_versions
    if not isinstance(store._data, SortedDict):
        store._data = SortedDict(store._data)
    account, data = get_account_id(), store._data

    def seek(at: str) -> str | None:
        found = next(data.irange(minimum=(account, (bucket_name, at))), None)
        return found[1][1] if found and (found[0], found[1][0]) == (account, bucket_name) else None

    return seek


def _narrow(bucket_name: str, bucket: dict[str, Any], asked: dict[str, Any], most: int) -> dict[str, Any]:
    """Return a bucket and versions that contain only the page's keys, for MiniStack to list."""
    names = ("prefix", "delimiter", "key-marker")
    prefix, delimiter, after = (s3._qp(asked, name, "") for name in names)
    objects = bucket["objects"] if isinstance(bucket["objects"], SortedDict) else _sorted_objects(bucket["objects"])
    seeks = (_seek(objects), _seek_versions(bucket_name))

    def seek(at: str) -> str | None:
        return min((key for key in (one(at) for one in seeks) if key is not None), default=None)

    # MiniStack returns common prefixes first, whatever their order among the keys; and the marker's key can have
    # versions that are not listed yet.
    keys = list(rows(seek, prefix, delimiter, after, None if delimiter else most + 2))
    history = {(bucket_name, key): s3._object_versions.get((bucket_name, key)) for key in keys}
    page = {key: objects[key] for key in keys if key in objects}
    return {
        "_ensure_bucket": lambda _: {**bucket, "objects": page},
        "_object_versions": {key: found for key, found in history.items() if found},
    }
