"""Compares the final state with the state that follows from the originals bucket."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from function.aws.dynamodb.codec import SORT_KEY
from function.contract.environment import Variable
from function.contract.table import SORT
from function.index.keys import photo_id
from function.values.photo import Photo, State
from local.library.library import Library
from tests.system.endurance.album import NO_PHOTO, Key

# The renditions of an undisturbed run for equal bytes: their sizes and ETags.
Calm = Mapping[bytes, Mapping[str, str]]


@dataclass(frozen=True)
class Verdict:
    """The number of photos by state, and everything that is lost, duplicate or left over."""

    states: Counter[str]
    faults: tuple[str, ...]


def verdict(library: Library, keys: Sequence[Key], calm: Calm) -> Verdict:
    """Compare every key, and every other stored object, with the expected state."""
    known = {photo.key: photo for photo in library.index.get_many([photo_id(key.name) for key in keys])}
    versions, stored = dict(_newest(library)), dict(renditions(library))
    faults = [fault for key in keys for fault in _faults(key, known.get(key.name), versions, calm, stored)]
    wanted = {f"{size}/{key.name}.jpg" for key in keys for size in _expectation(key, calm)}
    ours = {name for name in stored if name.partition("/")[2].removesuffix(".jpg") in {key.name for key in keys}}
    faults += [f"{name}: a rendition of nothing" for name in sorted(ours - wanted)]
    if (items := count(library)) != len(keys) + len(calm):
        faults.append(f"{items} items of photos, for {len(keys) + len(calm)} photos")
    return Verdict(Counter(str(photo.state) for photo in known.values()), tuple(faults))


def renditions(library: Library) -> Iterator[tuple[str, str]]:
    """Yield the key and the ETag of every rendition."""
    bucket = library.environment[Variable.RENDITIONS_BUCKET]
    for page in library.aws.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for found in page.get("Contents", ()):
            if found["Key"].endswith(".jpg"):  # the bucket also has the photos' records
                yield found["Key"], found["ETag"]


def count(library: Library) -> int:
    """Return the number of photos in the index."""
    pages = library.aws.dynamodb.get_paginator("scan").paginate(
        TableName=library.environment[Variable.TABLE],
        Select="COUNT",
        FilterExpression="#sort = :photo",
        ExpressionAttributeNames={"#sort": SORT},
        ExpressionAttributeValues={":photo": {"S": SORT_KEY}},
    )
    return sum(page["Count"] for page in pages)


def _newest(library: Library) -> Iterator[tuple[str, str]]:
    pages = library.aws.s3.get_paginator("list_object_versions")
    for page in pages.paginate(Bucket=library.originals_bucket, Prefix=library.originals_prefix):
        for version in page.get("Versions", ()):
            if version["IsLatest"]:
                yield version["Key"].removeprefix(library.originals_prefix), version["VersionId"]


def _faults(
    key: Key, photo: Photo | None, versions: Mapping[str, str], calm: Calm, stored: Mapping[str, str]
) -> Iterator[str]:
    if not photo:
        yield f"{key.name}: lost"
        return
    if photo.state != _state(key):
        yield f"{key.name}: {photo.state} ({photo.reason}) in place of {_state(key)}"
    if key.puts[-1] is not None and photo.version_id != versions[key.name]:
        yield f"{key.name}: not its newest version"
    if not photo.settled:
        yield f"{key.name}: not brought to its end"
    expected = _expectation(key, calm)
    if {rendition.key.partition("/")[0] for rendition in photo.renditions} != expected.keys():
        yield f"{key.name}: its item has other renditions than the recipe"
    for size, etag in expected.items():
        if stored.get(f"{size}/{key.name}.jpg") != etag:
            yield f"{key.name}: its {size} is not that of an undisturbed run"


def _state(key: Key) -> State:
    last = key.puts[-1]
    return State.DELETED if last is None else State.UNSUPPORTED if last == NO_PHOTO else State.READY


def _expectation(key: Key, calm: Calm) -> Mapping[str, str]:
    return calm.get(key.puts[-1], {}) if key.puts[-1] else {}
