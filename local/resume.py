"""Finds what an interrupted run has not taken in: originals that the index does not know, and files in the inbox.

Items and messages are on the disk before they are answered, so a kill loses what was between two of them alone: the
event of an object that was stored in that moment. A library whose index is older than its objects (from a version
that saved the index when it stopped, or a backup) is found here too. What has a record and its renditions is put
back into the index, and nothing of it is made again: that is the worker's task `backfill`.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from function.keys import photo_id
from function.service.litter import is_litter
from function.values import Photo, State
from local import upkeep
from local.library import Library

if TYPE_CHECKING:
    from types_boto3_s3.type_defs import ListObjectVersionsOutputTypeDef


def take_in_again(library: Library) -> int:
    """Ask the worker for each file that neither the index nor a waiting message knows, after an interrupted run.

    Returns the number of files.
    """
    if library.store or not library.interrupted:
        return 0  # another store's bucket is listed anyway
    waiting = set(library.waiting_keys())
    originals, inbox = library.prefixes
    came = [*_came(library, originals), *_dropped(library, inbox)]
    went = list(_went(library, originals))
    tasks = {"backfill": came, "reprocess": went}
    found = {task: [key for key in keys if key not in waiting] for task, keys in tasks.items()}
    for task, keys in found.items():
        upkeep.ask(library, task, keys)
    return sum(map(len, found.values()))


def _came(library: Library, prefix: str) -> Iterator[str]:
    """The keys of originals whose newest version the index does not know."""
    for page in _pages(library, prefix):
        versions = [version for version in page.get("Versions", ()) if version["IsLatest"]]
        known = _known(library, [version["Key"] for version in versions])
        for version in versions:
            photo = known.get(version["Key"])
            if not photo or photo.version_id != version["VersionId"]:
                yield version["Key"]


def _went(library: Library, prefix: str) -> Iterator[str]:
    """The keys of originals that were deleted, and that the index still shows."""
    for page in _pages(library, prefix):
        known = _known(library, [marker["Key"] for marker in page.get("DeleteMarkers", ()) if marker["IsLatest"]])
        yield from (key for key, photo in known.items() if photo.state != State.DELETED)


def _dropped(library: Library, prefix: str) -> Iterator[str]:
    """The keys of all that is in the inbox. Litter stays there, and a client's mark of a folder is no file."""
    for page in _pages(library, prefix):
        keys = [version["Key"] for version in page.get("Versions", ()) if version["IsLatest"]]
        yield from (key for key in keys if not is_litter(key) and not key.endswith("/"))


def _known(library: Library, keys: Sequence[str]) -> dict[str, Photo]:
    """What the index has of these originals, by their whole keys."""
    prefix = library.originals_prefix
    found = library.index.get_many([photo_id(key.removeprefix(prefix)) for key in keys])
    return {prefix + photo.key: photo for photo in found}


def _pages(library: Library, prefix: str) -> Iterator["ListObjectVersionsOutputTypeDef"]:
    pages = library.aws.s3.get_paginator("list_object_versions")
    yield from pages.paginate(Bucket=library.originals_bucket, Prefix=prefix)
