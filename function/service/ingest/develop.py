"""Develops a photo: from one version of an original to what is indexed of it, and its renditions' bytes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, BinaryIO

from function.contract.recipe import EXTENSIONS, Recipe, RenditionSpec
from function.errors import PhotoError
from function.files.formats import is_likely_photo
from function.index.keys import recipe_id, rendition_id, rendition_key
from function.ports.objects import Originals
from function.service import history
from function.service.ingest.ignored import is_system_file
from function.service.sidecars.pairing import is_sidecar
from function.values.description import Description
from function.values.objects import ObjectVersion, Rendition
from function.values.photo import Photo, State
from function.values.rendering import RenderedImage, Rendering

Render = Callable[[BinaryIO, Recipe], Rendering]
# The photo, its key, when it was uploaded, and the sidecar to put over it.
Describe = Callable[[BinaryIO, str, datetime, bytes], Description]
SHOWN = (State.READY, State.PARTIAL)

SYSTEM_FILE = "A file that a system or a program keeps for itself, not a photo."
SIDECAR = "An XMP sidecar: what it says goes over what the photo beside it says."


@dataclass(frozen=True)
class Developed:
    """A photo as the index will know it, and the renditions that were made anew, as encoded images."""

    photo: Photo
    images: tuple[tuple[Rendition, RenderedImage], ...] = ()


@dataclass(frozen=True)
class Darkroom:
    """Where originals are read and developed by the recipe."""

    originals: Originals
    originals_prefix: str
    recipe: Recipe
    render: Render
    describe: Describe

    def develop(self, original: ObjectVersion, indexed: Photo | None = None) -> Developed:
        """Develop one version; what is wrong with the photo becomes its state. Raises GoneError.

        Of a photo that is indexed in this very version, only the renditions are made that it does not have.
        """
        developed = self._develop(original, self._current_renditions(original, indexed), indexed)
        return replace(developed, photo=replace(developed.photo, ledger=history.version_entries(developed.photo)))

    def rendition_keys(self, key: str) -> tuple[str, ...]:
        """Where the recipe's renditions of the photo with this key lie."""
        return tuple(rendition_key(spec.name, key, spec.format) for spec in self.recipe)

    def _current_renditions(self, original: ObjectVersion, indexed: Photo | None) -> tuple[Rendition, ...]:
        if not indexed or indexed.state not in SHOWN:
            return ()
        if not indexed.version_id or indexed.version_id != original.version_id:
            return ()
        wanted = set(map(rendition_id, self.recipe))
        current = [rendition for rendition in indexed.renditions if rendition.recipe in wanted]
        # One that is stored under a larger one's name is what that one is: they become stale together.
        own = {rendition.key for rendition in current if _is_own(rendition)}
        return tuple(rendition for rendition in current if rendition.key in own)

    def _develop(self, original: ObjectVersion, kept: tuple[Rendition, ...], indexed: Photo | None) -> Developed:
        photo = Photo(
            key=original.key,
            state=State.FAILED,
            sequencer=original.sequencer,
            version_id=original.version_id,
            uploaded=original.uploaded,
            updated=datetime.now(UTC),
            recipe=recipe_id(self.recipe),
        )
        if reason := _skip_reason(original.key):
            return Developed(replace(photo, state=State.SKIPPED, reason=reason))
        file = self.originals.open(self.originals_prefix + original.key, original.version_id)
        with file:
            photo = replace(photo, bytes=file.seek(0, 2), etag=file.etag and file.etag.strip('"'))
            try:
                made = self._render(photo, file, kept, indexed)
                return replace(made, photo=self._describe(made.photo, file, original.uploaded))
            except PhotoError as error:
                return Developed(replace(photo, state=_state(error, photo.key), reason=str(error)))

    def _render(self, photo: Photo, file: BinaryIO, kept: tuple[Rendition, ...], indexed: Photo | None) -> Developed:
        kept = (*kept, *_shared_renditions(self.recipe, kept))
        missing = tuple(
            spec for spec in self.recipe if rendition_id(spec) not in {rendition.recipe for rendition in kept}
        )
        if indexed and not missing:
            kept = _largest_first(kept)
            return Developed(replace(indexed, **_of_this_version(photo), renditions=kept))
        file.seek(0)
        rendering = self.render(file, missing)
        made = tuple((_rendition(photo.key, image), image) for image in rendering.renditions)
        renditions = _largest_first((*kept, *(rendition for rendition, _ in made)))
        images = tuple((rendition, image) for rendition, image in made if not image.same_as)
        return Developed(replace(photo, **_rendering_fields(rendering), renditions=renditions), images)

    def _describe(self, photo: Photo, file: BinaryIO, uploaded: datetime) -> Photo:
        file.seek(0)
        return with_description(replace(photo, sidecar=None), self.describe(file, photo.key, uploaded, b""))


def with_description(photo: Photo, description: Description) -> Photo:
    """The photo as it is described; without a date where none is indexed."""
    taken = description.taken
    return replace(
        photo,
        taken=taken.when if taken.is_known else None,
        taken_source=taken.source,
        taken_confidence=taken.confidence,
        taken_precision=taken.precision if taken.is_known else None,
        metadata=description.metadata,
    )


def _skip_reason(key: str) -> str | None:
    """Why a file of this name is not read as a photo."""
    return SYSTEM_FILE if is_system_file(key) else SIDECAR if is_sidecar(key) else None


def _state(error: PhotoError, key: str) -> State:
    # What is no photo is nobody's trouble, unless somebody took it for one.
    return State.UNSUPPORTED if error.state == State.SKIPPED and is_likely_photo(key) else error.state


def _of_this_version(photo: Photo) -> dict[str, Any]:
    names = ("sequencer", "version_id", "uploaded", "updated", "recipe", "bytes", "etag")
    return {name: getattr(photo, name) for name in names}


def _rendering_fields(rendering: Rendering) -> dict[str, Any]:
    return {
        "state": State.PARTIAL if rendering.partial_reason else State.READY,
        "reason": rendering.partial_reason,
        "format": rendering.format,
        "width": rendering.width,
        "height": rendering.height,
        "placeholder": rendering.placeholder,
        "phash": rendering.phash,
        "colours": rendering.colours,
    }


def _is_own(rendition: Rendition) -> bool:
    """Tell whether a rendition is stored under its own name, and not under that of a larger one."""
    return rendition.key.startswith(f"{rendition.name}/")


def _shared_renditions(recipe: Recipe, kept: Iterable[Rendition]) -> Iterator[Rendition]:
    """Yield a rendition for each part of the recipe that has none, where a larger one that is kept serves for it."""
    there = {rendition.recipe for rendition in kept}
    own = sorted(filter(_is_own, kept), key=lambda rendition: int(rendition.name))
    for spec in (spec for spec in recipe if rendition_id(spec) not in there):
        larger = next((rendition for rendition in own if int(rendition.name) > spec.size), None)
        if larger and _serves(larger, spec):
            yield replace(larger, name=spec.name, recipe=rendition_id(spec))


def _serves(larger: Rendition, spec: RenditionSpec) -> bool:
    same_format = larger.key.endswith(f".{EXTENSIONS[spec.format]}")
    return same_format and max(larger.width, larger.height) <= spec.size


def _largest_first(renditions: Iterable[Rendition]) -> tuple[Rendition, ...]:
    return tuple(sorted(renditions, key=lambda rendition: -int(rendition.name)))


def _rendition(key: str, image: RenderedImage) -> Rendition:
    stored = image.same_as or image.spec
    return Rendition(
        name=image.spec.name,
        key=rendition_key(stored.name, key, stored.format),
        width=image.width,
        height=image.height,
        bytes=len(image.content),
        content_type=image.content_type,
        recipe=rendition_id(image.spec),
    )
