"""Finds what a backfill has to do: the originals that the index does not have, or not as the recipe makes them now.

The state machine of the stack asks the worker about each original, which takes minutes for 50,000 that are all up to
date. On this machine the bucket and the index can be compared by the page.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from tqdm import tqdm

from function.aws import items
from function.contract import Variable
from function.keys import photo_id, recipe_id
from function.readers import recipe
from function.service.upkeep import is_current
from function.values import Photo
from local.library import Library

# What of a photo's item tells whether it is current; BatchGetItem takes a hundred.
NAMES = {"#key": "key", "#state": "state"}
ATTRIBUTES = "#key, #state, sequencer, recipe, version_id, settled"
ASKED_AT_ONCE = 100


def keys(library: Library) -> list[str]:
    """Return the whole keys of the originals that are not up to date, and of all files in the inbox."""
    originals, inbox = library.prefixes
    with tqdm(desc="compared", unit="photo", disable=None) as bar:
        return [*_outdated(library, originals, bar), *(key for key, _ in _newest(library, inbox))]


def _outdated(library: Library, prefix: str, bar: "tqdm[Any]") -> Iterator[str]:
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
    known = _known(library, [key.removeprefix(prefix) for key, _ in found])
    for key, version_id in found:
        photo = known.get(key.removeprefix(prefix))
        if not (photo and is_current(photo, version_id, wanted)):
            yield key


def _known(library: Library, names: Sequence[str]) -> dict[str, Photo]:
    """Return what the index has of these originals, as far as it tells whether they are up to date."""
    asked = [items.key(identifier) for identifier in dict.fromkeys(map(photo_id, names))]
    table = library.environment[Variable.TABLE]
    known: dict[str, Photo] = {}
    while asked:
        part: Any = {"Keys": asked, "ProjectionExpression": ATTRIBUTES, "ExpressionAttributeNames": NAMES}
        answer: Any = library.aws.dynamodb.batch_get_item(RequestItems={table: part})
        photos = map(items.from_item, answer["Responses"].get(table, ()))
        known |= {photo.key: photo for photo in photos}
        asked = answer["UnprocessedKeys"].get(table, {}).get("Keys", [])
    return known


def _newest(library: Library, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the key and the version of each object below a prefix. A folder, as some clients draw them, is none."""
    pages = library.s3.get_paginator("list_object_versions")
    for page in pages.paginate(Bucket=library.originals_bucket, Prefix=prefix):
        for version in page.get("Versions", ()):
            if version["IsLatest"] and not version["Key"].endswith("/"):
                yield version["Key"], version["VersionId"]
