"""Puts what an .xmp sidecar says over what its photo says, in the index, whichever of the two came first."""

from dataclasses import dataclass, replace

from function.errors import GoneError, PhotoError
from function.keys import photo_id
from function.ports import Index, Originals
from function.service.developing import Describe, told
from function.service.pairing import base, is_sidecar, photos_of, siblings, sidecars_of
from function.values import Description, Photo, State

DESCRIBED = (State.READY, State.PARTIAL, State.FLAGGED)
# Larger ones are none: the reader refuses them when it gets one byte more than it takes.
MOST_BYTES = (1 << 20) + 1


@dataclass(frozen=True)
class _Beside:
    """The sidecar that lies beside a photo, where there is one."""

    key: str | None = None
    etag: str | None = None


@dataclass(frozen=True)
class Sidecars:
    """Photos and what lies beside them.

    A photo looks for its sidecar after it was written into the index, and a sidecar looks there for its photo after
    it was uploaded: whoever comes second finds the other.
    """

    originals: Originals
    originals_prefix: str
    index: Index
    describe: Describe

    def changed(self, key: str) -> None:
        """Describe the photos of this sidecar again, where it is one, by what lies beside them now."""
        if not is_sidecar(key):
            return
        listed = self._listed(key)
        for photo in dict.fromkeys((base(key), *photos_of(key, listed))):
            while (known := self.index.get(photo_id(photo))) and not self.described(known):
                pass  # somebody else wrote at the same moment: look again

    def described(self, photo: Photo) -> Photo | None:
        """The photo as it is with its sidecar, written where that makes it another one; None where it is replaced."""
        # After a write it looks again: what lies there now may be another one, whose event found nothing to change.
        while photo.state in DESCRIBED and photo.sidecar != (beside := self._beside(photo.key)).etag:
            try:
                again = told(replace(photo, sidecar=beside.etag), self._description(photo, beside.key)).revised()
            except GoneError:
                break  # the event of its removal says the rest
            if not self.index.put(again):
                return None
            photo = again
        return photo

    def _beside(self, photo: str) -> _Beside:
        listed = self._listed(photo)
        return next((_Beside(key, listed[key]) for key in sidecars_of(photo, listed)), _Beside())

    def _listed(self, key: str) -> dict[str, str]:
        """The ETags of what may belong together with this key, by their keys below the prefix."""
        found = self.originals.listed(self.originals_prefix + siblings(key))
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
        except GoneError:
            return b""

    def _read(self, photo: Photo, sidecar: bytes) -> Description:
        assert photo.uploaded  # as of each that was developed
        with self.originals.open(self.originals_prefix + photo.key, photo.version_id, whole=False) as file:
            return self.describe(file, photo.key, photo.uploaded, sidecar)
