"""Develops a photo: from one version of an original to what is known of it, and its renditions' bytes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import BinaryIO

from function.contract import Recipe
from function.errors import PhotoError
from function.formats import is_likely_photo
from function.keys import recipe_id, rendition_key
from function.ports import Originals
from function.service.litter import is_litter
from function.service.pairing import is_sidecar
from function.values import Description, Original, Photo, RenderedImage, Rendering, Rendition, State

Render = Callable[[BinaryIO, Recipe], Rendering]
# The photo, its key, when it was uploaded, and the sidecar to put over it.
Describe = Callable[[BinaryIO, str, datetime, bytes], Description]

LITTER = "A file that a system or a program keeps for itself, not a photo."
SIDECAR = "An XMP sidecar: what it says goes over what the photo beside it says."


@dataclass(frozen=True)
class Developed:
    """A photo as the index will know it, and its renditions as encoded images, in the same order."""

    photo: Photo
    images: tuple[RenderedImage, ...] = ()


@dataclass(frozen=True)
class Darkroom:
    """Where originals are read and developed by the recipe."""

    originals: Originals
    originals_prefix: str
    recipe: Recipe
    render: Render
    describe: Describe

    def develop(self, original: Original) -> Developed:
        """Develop one version; what is wrong with the photo becomes its state. Raises GoneError."""
        photo = Photo(
            key=original.key,
            state=State.FAILED,
            sequencer=original.sequencer,
            version_id=original.version_id,
            uploaded=original.uploaded,
            updated=datetime.now(UTC),
            recipe=recipe_id(self.recipe),
        )
        if reason := _skipped(original.key):
            return Developed(replace(photo, state=State.SKIPPED, reason=reason))
        with self.originals.open(self.originals_prefix + original.key, original.version_id) as file:
            photo = replace(photo, bytes=file.seek(0, 2))
            try:
                return self._rendered(photo, file, original.uploaded)
            except PhotoError as error:
                return Developed(replace(photo, state=_state(error, photo.key), reason=str(error)))

    def rendition_keys(self, key: str) -> tuple[str, ...]:
        """Where the recipe's renditions of the photo with this key lie."""
        return tuple(rendition_key(spec.name, key, spec.format) for spec in self.recipe)

    def _rendered(self, photo: Photo, file: BinaryIO, uploaded: datetime) -> Developed:
        file.seek(0)
        rendering = self.render(file, self.recipe)
        file.seek(0)
        described = self.describe(file, photo.key, uploaded, b"")
        photo = replace(
            photo,
            state=State.PARTIAL if rendering.partial_reason else State.READY,
            reason=rendering.partial_reason,
            format=rendering.format,
            width=rendering.width,
            height=rendering.height,
            placeholder=rendering.placeholder,
            phash=rendering.phash,
            colours=rendering.colours,
            renditions=tuple(_stored(photo.key, image) for image in rendering.renditions),
        )
        return Developed(told(photo, described), rendering.renditions)


def told(photo: Photo, description: Description) -> Photo:
    """The photo as it is described."""
    taken = description.taken
    return replace(
        photo,
        taken=taken.when,
        taken_source=taken.source,
        taken_confidence=taken.confidence,
        metadata=description.metadata,
    )


def _skipped(key: str) -> str | None:
    """Why a file of this name is not read as a photo."""
    return LITTER if is_litter(key) else SIDECAR if is_sidecar(key) else None


def _state(error: PhotoError, key: str) -> State:
    # What is no photo is nobody's trouble, unless somebody took it for one.
    return State.UNSUPPORTED if error.state == State.SKIPPED and is_likely_photo(key) else error.state


def _stored(key: str, image: RenderedImage) -> Rendition:
    return Rendition(
        name=image.spec.name,
        key=rendition_key(image.spec.name, key, image.spec.format),
        width=image.width,
        height=image.height,
        bytes=len(image.content),
        content_type=image.content_type,
    )
