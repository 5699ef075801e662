"""Moves files from the inbox to their keys among the originals, by capture date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain

from function.errors import ObjectNotFoundError
from function.ports.index import Moves
from function.ports.objects import ObjectInfo, Originals
from function.service.inbox.move import VerifiedMove
from function.service.ingest.develop import Describe
from function.service.ingest.ignored import is_system_file
from function.service.sidecars.pairing import (
    base,
    common_prefix,
    is_sidecar,
    photos_of,
    sidecars_of,
    stem,
    with_lower_extension,
)
from function.values.objects import ObjectVersion

# Cameras reuse file names: a sidecar that arrives later than this after a photo belongs to a photo still to come.
TOGETHER = timedelta(days=1)
# Moves are stored for longer than they count, so that clocks need not be exact.
KEPT = 2 * TOGETHER


@dataclass(frozen=True)
class Inbox:
    """Moves inbox files to the originals, where each raises its own event and is taken in.

    System files stay in the inbox. A sidecar waits for its photo and is moved right after it. A sidecar that arrives
    later follows the photo by the stored move.
    """

    originals: Originals
    moves: Moves
    inbox_prefix: str
    originals_prefix: str
    pattern: str
    describe: Describe

    def on_created(self, original: ObjectVersion) -> None:
        """Move one file: copy, verify, delete. Idempotent. Raises ServiceUnavailableError."""
        if is_system_file(original.key):
            return
        try:
            if is_sidecar(original.key):
                if not photos_of(original.key, self._siblings(original.key)):
                    self._follow(original.key)
            else:
                self._move(original)
                for sidecar in sidecars_of(original.key, self._siblings(original.key)):
                    self._follow(sidecar)
        except ObjectNotFoundError:
            return  # a client or another worker removed it from the inbox

    def _move(self, original: ObjectVersion) -> None:
        source = self.inbox_prefix + original.key
        stored = self.originals.find(source, original.version_id)
        if not stored:
            return
        with self.originals.open(source, stored.version_id, whole=False) as file:
            day = self.describe(file, original.key, original.uploaded, b"").taken.when
        wanted = self.originals_prefix + self._target_key(original.key, day)
        moving = VerifiedMove(self.originals, source, stored)
        target = next(name for name in _names(wanted) if moving.ensure_at(name))
        self.moves.remember(original.key, target, KEPT)
        if with_lower_extension(original.key) != original.key:
            self.moves.remember(with_lower_extension(original.key), target, KEPT)
        if stem(original.key) != original.key:
            self.moves.remember(stem(original.key), stem(target), KEPT)
        self.originals.delete(source, stored.version_id)

    def _follow(self, sidecar: str) -> None:
        """Move a sidecar beside its photo, where that was moved within the time TOGETHER."""
        move = self.moves.find(base(sidecar)) or self.moves.find(with_lower_extension(base(sidecar)))
        if not move or datetime.now(UTC) - move.when > TOGETHER:
            return
        source = self.inbox_prefix + sidecar
        # Deleting a version uncovers an older one, which may not have been moved yet.
        while stored := self.originals.find(source):
            self._put_sidecar(source, stored, move.target + sidecar.removeprefix(base(sidecar)))
            self.originals.delete(source, stored.version_id)

    def _put_sidecar(self, source: str, stored: ObjectInfo, target: str) -> None:
        """Copy a sidecar over an older one. Where the target is newer, copy it to a name that belongs to no photo."""
        moving = VerifiedMove(self.originals, source, stored)
        existing = self.originals.find(target)
        if existing and existing.uploaded < stored.uploaded and not moving.is_same(target, existing):
            moving.replace(target)
        else:
            older = f"{base(target)}.older{target.removeprefix(base(target))}"
            next(name for name in chain((target,), _names(older)) if moving.ensure_at(name))

    def _siblings(self, key: str) -> list[str]:
        found = self.originals.list_objects(self.inbox_prefix + common_prefix(key))
        return [name.removeprefix(self.inbox_prefix) for name in found]

    def _target_key(self, key: str, day: datetime) -> str:
        folder, _, name = key.rpartition("/")
        parts = {"year": f"{day.year:04}", "month": f"{day.month:02}", "day": f"{day.day:02}"}
        place = self.pattern.format(**parts, folder=folder, name=name)
        return "/".join(filter(None, place.split("/")))  # an empty folder leaves a double slash


def _names(key: str) -> Iterator[str]:
    yield key
    start = stem(key)
    number = 1
    while True:
        yield f"{start}-{number}{key.removeprefix(start)}"
        number += 1
