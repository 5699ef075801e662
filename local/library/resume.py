"""Takes in again what the last run left unfinished: originals that the index does not know, what is in the inbox."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from function.index.keys import photo_id
from function.service.ingest.ignored import is_system_file
from function.values.objects import ObjectVersion
from local.library import s3_events
from local.library.library import Library

if TYPE_CHECKING:
    from types_boto3_s3.type_defs import ObjectVersionTypeDef

# Older than every sequencer of S3's: whatever S3 has told or will tell about the object counts more.
OLDEST = "0"


def take_in_again(library: Library) -> int:
    """Tell the queue of each original whose newest version the index does not know, and of all that is in the inbox.

    Returns how many files that were.
    """
    if library.store or not (library.interrupted or library.waiting()):
        return 0  # another store's bucket is listed anyway
    originals, inbox = library.prefixes
    return sum(_retell(library, page) for page in _newest(library, originals)) + sum(
        _retell_inbox(library, page) for page in _newest(library, inbox)
    )


def _newest(library: Library, prefix: str) -> Iterator[list["ObjectVersionTypeDef"]]:
    pages = library.aws.s3.get_paginator("list_object_versions")
    for page in pages.paginate(Bucket=library.originals_bucket, Prefix=prefix):
        yield [version for version in page.get("Versions", ()) if version["IsLatest"]]


def _retell_inbox(library: Library, dropped: Sequence["ObjectVersionTypeDef"]) -> int:
    # A file that is to be moved is not known by anything else than that it is there. Litter stays.
    wanted = [file for file in dropped if not is_system_file(file["Key"]) and not file["Key"].endswith("/")]
    for file in wanted:
        told_of = ObjectVersion(file["Key"], file["VersionId"], OLDEST, file["LastModified"])
        s3_events.tell(library, s3_events.CREATED, told_of)
    return len(wanted)


def _retell(library: Library, originals: Sequence["ObjectVersionTypeDef"]) -> int:
    keys = [original["Key"].removeprefix(library.originals_prefix) for original in originals]
    known = {photo.key: photo for photo in library.index.get_many([photo_id(key) for key in keys])}
    told = 0
    for key, original in zip(keys, originals, strict=True):
        photo = known.get(key)
        if not photo or photo.version_id != original["VersionId"]:
            sequencer = photo.sequencer if photo else OLDEST
            told_of = ObjectVersion(original["Key"], original["VersionId"], sequencer, original["LastModified"])
            s3_events.tell(library, s3_events.CREATED, told_of)
            told += 1
    return told
