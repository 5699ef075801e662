"""Puts what an .xmp sidecar says over what its photo says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from function.errors import ObjectNotFoundError, PhotoError
from function.ports.objects import Originals
from function.service.ingest.develop import Describe, with_description
from function.service.sidecars.pairing import base, is_sidecar, photos_of, siblings, sidecars_of
from function.values.description import Description
from function.values.photo import Photo, State

DESCRIBED = (State.READY, State.PARTIAL, State.FLAGGED)
# Larger ones are none: the reader refuses them when it gets one byte more than it takes.
MOST_BYTES = (16 << 20) + 1
# Cameras count: names that differ in their last figure alone are listed together, unless there are too many of them.
MOST_NEIGHBOURS = 100


@dataclass(frozen=True)
class _Beside:
    """The sidecar that lies beside a photo, where there is one."""

    key: str | None = None
    etag: str | None = None


@dataclass(frozen=True)
class Sidecars:
    """What lies beside photos.

    A photo looks for its sidecar after it was written into the index, and a sidecar looks there for its photo after
    it was uploaded: whoever comes second finds the other.
    """

    originals: Originals
    originals_prefix: str
    describe: Describe

    def photos(self, key: str) -> list[str]:
        """What this sidecar may count for, where it is one; the first need not be there."""
        return list(dict.fromkeys((base(key), *photos_of(key, self._etags(siblings(key)))))) if is_sidecar(key) else []

    def with_sidecar(self, photo: Photo) -> Photo:
        """The photo as it is with what lies beside it now; itself where that is what it is described by."""
        if photo.state not in DESCRIBED:
            return photo
        beside = _beside(photo.key, self._etags(siblings(photo.key)))
        if photo.sidecar == beside.etag:
            return photo
        try:
            return with_description(replace(photo, sidecar=beside.etag), self._description(photo, beside.key))
        except ObjectNotFoundError:
            return photo  # the event of its removal says the rest

    def with_current_sidecar(self, photos: Iterable[Photo]) -> list[Photo]:
        """Those of the photos that are described by what lies beside them now; of neighbours that is asked at once."""
        by_start = groupby(sorted(photos, key=_start), key=_start)
        return [photo for start, some in by_start for photo in self._with_current_sidecar(start, list(some))]

    def _with_current_sidecar(self, start: str, photos: list[Photo]) -> Iterator[Photo]:
        described = [photo for photo in photos if photo.state in DESCRIBED]
        found = self._etags(start, MOST_NEIGHBOURS) if len(described) > 1 else {}
        is_whole = 0 < len(found) < MOST_NEIGHBOURS
        for photo in photos:
            listed = found if is_whole or photo not in described else self._etags(siblings(photo.key))
            if photo not in described or photo.sidecar == _beside(photo.key, listed).etag:
                yield photo

    def _etags(self, prefix: str, limit: int = 1000) -> dict[str, str]:
        """The ETags of what begins so, by their keys below the prefix."""
        found = self.originals.list_objects(self.originals_prefix + prefix, limit)
        return {name.removeprefix(self.originals_prefix): stored.etag for name, stored in found.items()}

    def _description(self, photo: Photo, sidecar: str | None) -> Description:
        content = self._content(sidecar) if sidecar else b""
        try:
            return self._read(photo, content)
        except PhotoError:
            return self._read(photo, b"")  # what brings down its reader tells nothing

    def _content(self, sidecar: str) -> bytes:
        try:
            with self.originals.open(self.originals_prefix + sidecar, None, whole=False) as file:
                return file.read(MOST_BYTES)
        except ObjectNotFoundError:
            return b""

    def _read(self, photo: Photo, sidecar: bytes) -> Description:
        assert photo.uploaded  # as of each that was developed
        with self.originals.open(self.originals_prefix + photo.key, photo.version_id, whole=False) as file:
            return self.describe(file, photo.key, photo.uploaded, sidecar)


def _start(photo: Photo) -> str:
    """How the keys begin of the photo, of what belongs to it, and of those whose names differ in the last figure."""
    return siblings(photo.key)[:-2]


def _beside(photo: str, listed: Mapping[str, str]) -> _Beside:
    """What of these keys, with their ETags, is the photo's sidecar."""
    return next((_Beside(key, listed[key]) for key in sidecars_of(photo, listed)), _Beside())
