"""Finds files that an interrupted run has not imported: originals without an index item, and files in the inbox.

Items and messages are stored before they are answered, so a kill can only lose the event of an object that was stored
in that moment. This also repairs an index that is older than its objects, such as that of a backup. The worker's task
`backfill` restores a photo with a record and renditions to the index, without rendering it again.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from function.index.keys import photo_id
from function.service.ingest.ignored import is_system_file
from function.values.photo import Photo, State
from local.library import maintenance
from local.library.library import Library

if TYPE_CHECKING:
    from types_boto3_s3.type_defs import ListObjectVersionsOutputTypeDef


def resume_unfinished(library: Library) -> int:
    """Send the worker a task for each file that neither the index nor a waiting message has, after an interrupted run.

    Returns the number of files.
    """
    if library.store or not library.interrupted:
        return 0  # another store's bucket is listed by `watch`
    waiting = set(library.waiting_keys())
    originals, inbox = library.prefixes
    unindexed = [*_unindexed_keys(library, originals), *_inbox_keys(library, inbox)]
    deleted = list(_deleted_keys(library, originals))
    tasks = {"backfill": unindexed, "reprocess": deleted}
    found = {task: [key for key in keys if key not in waiting] for task, keys in tasks.items()}
    for task, keys in found.items():
        maintenance.ask(library, task, keys)
    return sum(map(len, found.values()))


def _unindexed_keys(library: Library, prefix: str) -> Iterator[str]:
    """Yield the keys of originals whose newest version is not in the index."""
    for page in _pages(library, prefix):
        versions = [version for version in page.get("Versions", ()) if version["IsLatest"]]
        indexed = _indexed_photos(library, [version["Key"] for version in versions])
        for version in versions:
            photo = indexed.get(version["Key"])
            if not photo or photo.version_id != version["VersionId"]:
                yield version["Key"]


def _deleted_keys(library: Library, prefix: str) -> Iterator[str]:
    """Yield the keys of deleted originals that the index still has."""
    for page in _pages(library, prefix):
        indexed = _indexed_photos(
            library, [marker["Key"] for marker in page.get("DeleteMarkers", ()) if marker["IsLatest"]]
        )
        yield from (key for key, photo in indexed.items() if photo.state != State.DELETED)


def _inbox_keys(library: Library, prefix: str) -> Iterator[str]:
    """Yield the keys of files in the inbox, without system files and folder markers."""
    for page in _pages(library, prefix):
        keys = [version["Key"] for version in page.get("Versions", ()) if version["IsLatest"]]
        yield from (key for key in keys if not is_system_file(key) and not key.endswith("/"))


def _indexed_photos(library: Library, keys: Sequence[str]) -> dict[str, Photo]:
    """Return the photos of these originals that the index has, by their full keys."""
    prefix = library.originals_prefix
    found = library.index.get_many([photo_id(key.removeprefix(prefix)) for key in keys])
    return {prefix + photo.key: photo for photo in found}


def _pages(library: Library, prefix: str) -> Iterator["ListObjectVersionsOutputTypeDef"]:
    pages = library.aws.s3.get_paginator("list_object_versions")
    yield from pages.paginate(Bucket=library.originals_bucket, Prefix=prefix)
