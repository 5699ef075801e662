"""Takes a photo in: reads it, makes its renditions, and gives it its place in the library."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import BinaryIO

from function import imaging, metadata
from function.contract import Recipe
from function.errors import GoneError, PhotoError
from function.keys import photo_id, recipe_id, rendition_key
from function.ports import Announcements, Index, Originals, Renditions
from function.values import Metadata, Original, Photo, RenderedImage, Rendering, Rendition, State

# What the topic tells of each state.
EVENTS = {
    State.READY: "photo.ready",
    State.PARTIAL: "photo.ready",
    State.FLAGGED: "photo.flagged",
    State.UNSUPPORTED: "photo.failed",
    State.FAILED: "photo.failed",
    State.DELETED: "photo.deleted",
}

Render = Callable[[BinaryIO, Recipe], Rendering]
ReadMetadata = Callable[[BinaryIO], Metadata]


@dataclass(frozen=True)
class Intake:
    """The library's way in, and its way out: what is created and what is removed below the originals prefix."""

    originals: Originals
    renditions: Renditions
    index: Index
    announcements: Announcements
    originals_prefix: str
    recipe: Recipe
    render: Render = imaging.render
    read_metadata: ReadMetadata = metadata.read

    def created(self, original: Original) -> None:
        """Take one version of an original in, unless that is done or a newer event is known."""
        known = self.index.get(photo_id(original.key))
        if known and (known.sequencer > original.sequencer or self._is_done(known, original)):
            return
        try:
            photo, images = self._developed(original)
        except GoneError:
            return
        for rendition, image in zip(photo.renditions, images, strict=True):
            self.renditions.put(rendition.key, image.content, image.content_type, recipe_id(self.recipe))
        self._record(photo, known)

    def removed(self, original: Original) -> None:
        """Take a photo out, unless another version of it has come to light by the removal."""
        there = self.originals.find(self.originals_prefix + original.key)
        if there:
            self.created(replace(original, version_id=there.version_id))
            return
        known = self.index.get(photo_id(original.key))
        if known and known.sequencer > original.sequencer:
            return
        # Without a known photo too: its item keeps an event that comes late from bringing the photo back.
        gone = known or Photo(key=original.key, state=State.DELETED, sequencer=original.sequencer)
        gone = replace(gone, state=State.DELETED, reason=None, sequencer=original.sequencer, renditions=())
        self._record(replace(gone, updated=datetime.now(UTC)), known)

    def _is_done(self, known: Photo, original: Original) -> bool:
        same = (known.version_id, known.recipe) == (original.version_id, recipe_id(self.recipe))
        return same and known.state != State.DELETED

    def _developed(self, original: Original) -> tuple[Photo, tuple[RenderedImage, ...]]:
        """The photo as the index will know it, and its renditions' bytes."""
        photo = Photo(
            key=original.key,
            state=State.FAILED,
            sequencer=original.sequencer,
            version_id=original.version_id,
            uploaded=original.uploaded,
            updated=datetime.now(UTC),
            recipe=recipe_id(self.recipe),
        )
        with self.originals.open(self.originals_prefix + original.key, original.version_id) as file:
            photo = replace(photo, bytes=file.seek(0, 2))
            try:
                return self._rendered(photo, file)
            except PhotoError as error:
                return replace(photo, state=error.state, reason=str(error)), ()

    def _rendered(self, photo: Photo, file: BinaryIO) -> tuple[Photo, tuple[RenderedImage, ...]]:
        file.seek(0)
        rendering = self.render(file, self.recipe)
        file.seek(0)
        written = self.read_metadata(file)
        photo = replace(
            photo,
            state=State.PARTIAL if rendering.partial_reason else State.READY,
            reason=rendering.partial_reason,
            format=rendering.format,
            width=rendering.width,
            height=rendering.height,
            taken=written.taken,
            placeholder=rendering.placeholder,
            phash=rendering.phash,
            colours=rendering.colours,
            metadata=written,
            renditions=tuple(_stored(photo.key, image) for image in rendering.renditions),
        )
        return photo, rendering.renditions

    def _record(self, photo: Photo, before: Photo | None) -> None:
        """Write the photo into the index; where that knows better by now, let go of what was made."""
        if self.index.put(photo):
            self._discard(before, photo)
            self.announcements.publish(EVENTS[photo.state], photo)
            return
        newer = self.index.get(photo_id(photo.key))
        if newer and newer.state == State.DELETED:
            self._discard(photo, newer)
        elif newer and newer.uploaded:
            # Both wrote the same keys: whose bytes are there now is not known, so the newer ones are written again.
            _, images = self._developed(Original(newer.key, newer.version_id, newer.sequencer, newer.uploaded))
            for rendition, image in zip(newer.renditions, images, strict=False):
                self.renditions.put(rendition.key, image.content, image.content_type, recipe_id(self.recipe))

    def _discard(self, before: Photo | None, after: Photo) -> None:
        kept = {rendition.key for rendition in after.renditions}
        for rendition in before.renditions if before else ():
            if rendition.key not in kept:
                self.renditions.delete(rendition.key)


def _stored(key: str, image: RenderedImage) -> Rendition:
    return Rendition(
        name=image.spec.name,
        key=rendition_key(image.spec.name, key, image.spec.format),
        width=image.width,
        height=image.height,
        bytes=len(image.content),
        content_type=image.content_type,
    )
