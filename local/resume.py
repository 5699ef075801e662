"""Takes in again what the last run left unfinished: originals on the disk that the index does not know."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from function.keys import photo_id
from function.values import Original
from local import records
from local.library import Library

if TYPE_CHECKING:
    from types_boto3_s3.type_defs import ObjectVersionTypeDef

# Older than every sequencer of S3's: whatever S3 has told or will tell about the object counts more.
OLDEST = "0"


def take_in_again(library: Library) -> int:
    """Tell the queue of each original whose newest version the index does not know; returns how many there were."""
    if library.store or not (library.interrupted or library.waiting()):
        return 0  # another store's bucket is listed anyway
    pages = library.aws.s3.get_paginator("list_object_versions")
    found = pages.paginate(Bucket=library.originals_bucket, Prefix=library.originals_prefix)
    newest = ([version for version in page.get("Versions", ()) if version["IsLatest"]] for page in found)
    return sum(_retell(library, page) for page in newest)


def _retell(library: Library, originals: Sequence["ObjectVersionTypeDef"]) -> int:
    keys = [original["Key"].removeprefix(library.originals_prefix) for original in originals]
    known = {photo.key: photo for photo in library.index.get_many([photo_id(key) for key in keys])}
    told = 0
    for key, original in zip(keys, originals, strict=True):
        photo = known.get(key)
        if not photo or photo.version_id != original["VersionId"]:
            sequencer = photo.sequencer if photo else OLDEST
            told_of = Original(original["Key"], original["VersionId"], sequencer, original["LastModified"])
            records.tell(library, records.CREATED, told_of)
            told += 1
    return told
