"""Applies the metadata of XMP sidecars over that of their photos."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from function.errors import ObjectNotFoundError, PhotoError
from function.ports.objects import Originals
from function.service.ingest.develop import Describe, with_description
from function.service.sidecars.pairing import base, common_prefix, is_sidecar, photos_of, sidecars_of
from function.values.description import Description
from function.values.photo import Photo, State

DESCRIBED = (State.READY, State.PARTIAL, State.FLAGGED)
# One byte more than the reader accepts, so that it refuses larger files.
MOST_BYTES = (16 << 20) + 1
# Cameras number their files: keys that differ in the last digit alone are listed by one call, up to this many.
MOST_NEIGHBOURS = 100


@dataclass(frozen=True)
class _SidecarVersion:
    """The key and ETag of a photo's sidecar, None where it has none."""

    key: str | None = None
    etag: str | None = None


@dataclass(frozen=True)
class Sidecars:
    """Finds the sidecars of photos and describes photos by them.

    A photo's sidecar is looked up after the photo was written into the index, and a sidecar's photo after the sidecar
    was uploaded. So whichever arrives second finds the other.
    """

    originals: Originals
    originals_prefix: str
    describe: Describe

    def photos(self, key: str) -> list[str]:
        """List the keys of photos that a sidecar can belong to; the first may not exist. Empty for other files."""
        return (
            list(dict.fromkeys((base(key), *photos_of(key, self._etags(common_prefix(key))))))
            if is_sidecar(key)
            else []
        )

    def with_sidecar(self, photo: Photo) -> Photo:
        """Describe a photo by its present sidecar. Returns the same photo object where that has not changed."""
        if photo.state not in DESCRIBED:
            return photo
        sidecar = _find_sidecar(photo.key, self._etags(common_prefix(photo.key)))
        if photo.sidecar == sidecar.etag:
            return photo
        try:
            return with_description(replace(photo, sidecar=sidecar.etag), self._description(photo, sidecar.key))
        except ObjectNotFoundError:
            return photo  # the event of its removal follows

    def with_current_sidecar(self, photos: Iterable[Photo]) -> list[Photo]:
        """Filter photos by whether they include their present sidecar. Neighbours by name share one list call."""
        by_start = groupby(sorted(photos, key=_start), key=_start)
        return [photo for start, some in by_start for photo in self._with_current_sidecar(start, list(some))]

    def _with_current_sidecar(self, start: str, photos: list[Photo]) -> Iterator[Photo]:
        described = [photo for photo in photos if photo.state in DESCRIBED]
        found = self._etags(start, MOST_NEIGHBOURS) if len(described) > 1 else {}
        is_whole = 0 < len(found) < MOST_NEIGHBOURS
        for photo in photos:
            listed = found if is_whole or photo not in described else self._etags(common_prefix(photo.key))
            if photo not in described or photo.sidecar == _find_sidecar(photo.key, listed).etag:
                yield photo

    def _etags(self, prefix: str, limit: int = 1000) -> dict[str, str]:
        """List the ETags of objects whose keys start with `prefix`, by key below the originals prefix."""
        found = self.originals.list_objects(self.originals_prefix + prefix, limit)
        return {name.removeprefix(self.originals_prefix): stored.etag for name, stored in found.items()}

    def _description(self, photo: Photo, sidecar: str | None) -> Description:
        content = self._content(sidecar) if sidecar else b""
        try:
            return self._read(photo, content)
        except PhotoError:
            return self._read(photo, b"")  # a sidecar that cannot be read is ignored

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
    """Return the common prefix of a photo's files and of those whose names differ in the last digit."""
    return common_prefix(photo.key)[:-2]


def _find_sidecar(photo: str, listed: Mapping[str, str]) -> _SidecarVersion:
    """Choose the photo's sidecar among these keys with their ETags."""
    return next((_SidecarVersion(key, listed[key]) for key in sidecars_of(photo, listed)), _SidecarVersion())
