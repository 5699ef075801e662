"""Injects faults between calls to AWS, and describes the outcome for a photo."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import partial
from itertools import count
from typing import Any
from unittest import mock

from botocore.client import BaseClient
from botocore.exceptions import ClientError

from function.index.postings import keys
from tests.function.conftest import ORIGINALS, Cloud, s3_event

Call = Callable[[], Any]
Fault = Callable[[Call], Any]


class Killed(BaseException):
    """The worker is killed: not an Exception, so that its code cannot catch it."""


def killed_before(_: Call) -> Any:
    raise Killed


def killed_after(call: Call) -> Any:
    with suppress(ClientError):  # a missing object is an error too
        call()
    raise Killed


def refused(_: Call) -> Any:
    raise ClientError({"Error": {"Code": "SlowDown"}}, "Any")


def answer_lost(call: Call) -> Any:
    with suppress(ClientError):
        call()
    raise ClientError({"Error": {"Code": "RequestTimeout"}}, "Any")


# Faults that end the worker, and faults that it survives.
KILLS: tuple[Fault, ...] = (killed_before, killed_after)
REFUSALS: tuple[Fault, ...] = (refused, answer_lost)


@contextmanager
def inject_fault(at: int | None, fault: Fault) -> Iterator[list[str]]:
    """Inject the fault into the call with this number. Yields the list of the calls' names."""
    real: Any = BaseClient._make_api_call  # type: ignore[attr-defined]
    calls: list[str] = []

    def make_call(client: Any, operation: str, arguments: Any) -> Any:
        calls.append(operation)
        call = partial(real, client, operation, arguments)
        return fault(call) if len(calls) - 1 == at else call()

    with mock.patch.object(BaseClient, "_make_api_call", make_call):
        yield calls


@contextmanager
def interleave(at: int, meanwhile: Callable[[], None], end: int) -> Iterator[None]:
    """Run `meanwhile` before the call number `at`, and kill the worker at the call number `end`."""
    real: Any = BaseClient._make_api_call  # type: ignore[attr-defined]
    places = count()

    def make_call(client: Any, operation: str, arguments: Any) -> Any:
        place = next(places)
        if place == at:
            with mock.patch.object(BaseClient, "_make_api_call", real):
                meanwhile()
        if place == end:
            raise Killed
        return real(client, operation, arguments)

    with mock.patch.object(BaseClient, "_make_api_call", make_call):
        yield


def put_event(cloud: Cloud, key: str, sequencer: str, content: bytes | None = None) -> dict[str, Any]:
    return s3_event(key, cloud.put(key, content), sequencer)


def outcome(cloud: Cloud, key: str) -> str:
    """Describe everything stored for a photo, without its name and the values that differ in each run."""
    of_this_run = {"updated": None, "version_id": None, "revision": None}
    photos = [photo for name in (key, f"{key}.xmp") if (photo := cloud.photo(name))]
    items = [
        {**asdict(photo), **of_this_run, "ledger": [(entry.what, entry.detail) for entry in photo.ledger]}
        for photo in photos
    ]
    versions = cloud.s3.list_object_versions(Bucket=ORIGINALS)
    originals = [
        (kind, entry["Key"], entry.get("ETag"), entry["IsLatest"])
        for kind in ("Versions", "DeleteMarkers")
        for entry in versions.get(kind, ())
        if key in entry["Key"]
    ]
    assert all(cloud.posted(photo.key) == keys(photo) for photo in photos)
    renditions = {name: etag for name, etag in cloud.renditions().items() if key in name}
    # An event may be repeated, but never omitted.
    announced = list(dict.fromkeys(tuple(told.values()) for told in cloud.told if key in told["key"]))
    return repr((items, originals, renditions, announced)).replace(key, "KEY")
