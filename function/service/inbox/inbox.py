"""Moves what is dropped into the inbox to its place among the originals, by the day when it was taken."""

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
from function.service.sidecars.pairing import base, folded, is_sidecar, photos_of, siblings, sidecars_of, stem
from function.values.objects import ObjectVersion

# Cameras give a name again: a sidecar that comes later than this after a photo belongs to one that is still to come.
TOGETHER = timedelta(days=1)
# A move is forgotten some time after it counts no more, so that no clock need be exact.
KEPT = 2 * TOGETHER


@dataclass(frozen=True)
class Inbox:
    """The inbox and where it empties to. What arrives among the originals is taken in by its own event.

    Litter stays where it is. A sidecar waits for its photo, which takes it along once it has left the inbox itself;
    one that comes later follows the photo by what is remembered of its move.
    """

    originals: Originals
    moves: Moves
    inbox_prefix: str
    originals_prefix: str
    pattern: str
    describe: Describe

    def on_created(self, original: ObjectVersion) -> None:
        """Move one file: a copy, verified, then the delete. Done twice, it ends the same."""
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
            return  # someone else took it out of the inbox

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
        if folded(original.key) != original.key:
            self.moves.remember(folded(original.key), target, KEPT)
        if stem(original.key) != original.key:
            self.moves.remember(stem(original.key), stem(target), KEPT)
        self.originals.delete(source, stored.version_id)

    def _follow(self, sidecar: str) -> None:
        """Move a sidecar beside its photo, where that is known to have moved."""
        move = self.moves.find(base(sidecar)) or self.moves.find(folded(base(sidecar)))
        if not move or datetime.now(UTC) - move.when > TOGETHER:
            return
        source = self.inbox_prefix + sidecar
        # Without one version there is an older one, which may not have had its turn yet.
        while stored := self.originals.find(source):
            self._put_sidecar(source, stored, move.target + sidecar.removeprefix(base(sidecar)))
            self.originals.delete(source, stored.version_id)

    def _put_sidecar(self, source: str, stored: ObjectInfo, target: str) -> None:
        """Copy a sidecar over the one before; where a later one lies there already, under a name that no photo has."""
        moving = VerifiedMove(self.originals, source, stored)
        there = self.originals.find(target)
        if there and there.uploaded < stored.uploaded and not moving.is_same(target, there):
            moving.replace(target)
        else:
            older = f"{base(target)}.older{target.removeprefix(base(target))}"
            next(name for name in chain((target,), _names(older)) if moving.ensure_at(name))

    def _siblings(self, key: str) -> list[str]:
        found = self.originals.list_objects(self.inbox_prefix + siblings(key))
        return [name.removeprefix(self.inbox_prefix) for name in found]

    def _target_key(self, key: str, day: datetime) -> str:
        folder, _, name = key.rpartition("/")
        parts = {"year": f"{day.year:04}", "month": f"{day.month:02}", "day": f"{day.day:02}"}
        place = self.pattern.format(**parts, folder=folder, name=name)
        return "/".join(filter(None, place.split("/")))  # without a folder there is nothing between its slashes


def _names(key: str) -> Iterator[str]:
    yield key
    start = stem(key)
    number = 1
    while True:
        yield f"{start}-{number}{key.removeprefix(start)}"
        number += 1
