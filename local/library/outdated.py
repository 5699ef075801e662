"""Finds the originals that a backfill has to process: those without an item in the index, and those of an older recipe.

The stack's state machine sends the worker a task for each original, which takes minutes for 50,000 current ones. On
this machine the bucket and the index can be compared page by page.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from tqdm import tqdm

from function.aws.dynamodb import codec
from function.contract.environment import Variable
from function.index.keys import photo_id, recipe_id
from function.service.maintenance import is_current
from function.settings.parsers import recipe
from function.values.photo import Photo
from local.library.library import Library

# The attributes that show whether a photo is current, and BatchGetItem's limit of items.
NAMES = {"#key": "key", "#state": "state"}
ATTRIBUTES = "#key, #state, sequencer, recipe, version_id, settled"
ASKED_AT_ONCE = 100


def keys(library: Library) -> list[str]:
    """Return the full keys of the originals that are not current, and of all files in the inbox."""
    originals, inbox = library.prefixes
    with tqdm(desc="compared", unit="photo", disable=None) as bar:
        return [*_outdated_keys(library, originals, bar), *(key for key, _ in _newest(library, inbox))]


def _outdated_keys(library: Library, prefix: str, bar: "tqdm[Any]") -> Iterator[str]:
    wanted = recipe_id(recipe(library.environment[Variable.RENDITIONS]))
    pending: list[tuple[str, str]] = []
    for found in _newest(library, prefix):
        pending.append(found)
        if len(pending) == ASKED_AT_ONCE:
            yield from _of_these(library, prefix, pending, wanted)
            bar.update(len(pending))
            pending = []
    yield from _of_these(library, prefix, pending, wanted)
    bar.update(len(pending))


def _of_these(library: Library, prefix: str, found: Sequence[tuple[str, str]], wanted: str) -> Iterator[str]:
    known = _indexed_photos(library, [key.removeprefix(prefix) for key, _ in found])
    for key, version_id in found:
        photo = known.get(key.removeprefix(prefix))
        if not (photo and is_current(photo, version_id, wanted)):
            yield key


def _indexed_photos(library: Library, names: Sequence[str]) -> dict[str, Photo]:
    """Return the items of these originals, with the attributes that show whether they are current."""
    asked = [codec.key(identifier) for identifier in dict.fromkeys(map(photo_id, names))]
    table = library.environment[Variable.TABLE]
    known: dict[str, Photo] = {}
    while asked:
        part: Any = {"Keys": asked, "ProjectionExpression": ATTRIBUTES, "ExpressionAttributeNames": NAMES}
        answer: Any = library.aws.dynamodb.batch_get_item(RequestItems={table: part})
        photos = map(codec.from_item, answer["Responses"].get(table, ()))
        known |= {photo.key: photo for photo in photos}
        asked = answer["UnprocessedKeys"].get(table, {}).get("Keys", [])
    return known


def _newest(library: Library, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the key and the version of each object below a prefix, without the folder markers of some clients."""
    pages = library.s3.get_paginator("list_object_versions")
    for page in pages.paginate(Bucket=library.originals_bucket, Prefix=prefix):
        for version in page.get("Versions", ()):
            if version["IsLatest"] and not version["Key"].endswith("/"):
                yield version["Key"], version["VersionId"]
