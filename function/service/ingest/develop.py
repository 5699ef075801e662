"""Develops a photo: one version of an original becomes a Photo and the bytes of its renditions."""

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
# Takes the photo's file, its key, the time of its upload, and the bytes of its sidecar (empty for none).
Describe = Callable[[BinaryIO, str, datetime, bytes], Description]
SHOWN = (State.READY, State.PARTIAL)

SYSTEM_FILE = "A file that a system or a program keeps for itself, not a photo."
SIDECAR = "An XMP sidecar: what it says goes over what the photo beside it says."


@dataclass(frozen=True)
class Developed:
    """A photo for the index, and the new renditions with their encoded images."""

    photo: Photo
    images: tuple[tuple[Rendition, RenderedImage], ...] = ()


@dataclass(frozen=True)
class Darkroom:
    """Reads originals and develops them by the recipe."""

    originals: Originals
    originals_prefix: str
    recipe: Recipe
    render: Render
    describe: Describe

    def develop(self, original: ObjectVersion, indexed: Photo | None = None) -> Developed:
        """Develop one version of an original. A PhotoError becomes the photo's state and reason.

        Where the indexed photo is of the same version, only its missing renditions are made. Raises
        ObjectNotFoundError and ServiceUnavailableError.
        """
        developed = self._develop(original, self._current_renditions(original, indexed), indexed)
        return replace(developed, photo=replace(developed.photo, ledger=history.version_entries(developed.photo)))

    def rendition_keys(self, key: str) -> tuple[str, ...]:
        """Return the keys of the recipe's renditions of the photo with this key."""
        return tuple(rendition_key(spec.name, key, spec.format) for spec in self.recipe)

    def _current_renditions(self, original: ObjectVersion, indexed: Photo | None) -> tuple[Rendition, ...]:
        if not indexed or indexed.state not in SHOWN:
            return ()
        if not indexed.version_id or indexed.version_id != original.version_id:
            return ()
        wanted = set(map(rendition_id, self.recipe))
        current = [rendition for rendition in indexed.renditions if rendition.recipe in wanted]
        # A rendition that shares the object of a larger one becomes stale together with it.
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
    """Return the photo with the description's date and metadata. `taken` is None where the date is unknown."""
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
    """Return why a file of this name is skipped, or None."""
    return SYSTEM_FILE if is_system_file(key) else SIDECAR if is_sidecar(key) else None


def _state(error: PhotoError, key: str) -> State:
    # A file that is not a photo is skipped, unless its extension says photo: then its owner is informed.
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
    """Check whether a rendition is stored under its own name, and not under that of a larger one."""
    return rendition.key.startswith(f"{rendition.name}/")


def _shared_renditions(recipe: Recipe, kept: Iterable[Rendition]) -> Iterator[Rendition]:
    """Yield a rendition for each spec without one, where a larger rendition, which is kept, serves for it too."""
    present = {rendition.recipe for rendition in kept}
    own = sorted(filter(_is_own, kept), key=lambda rendition: int(rendition.name))
    for spec in (spec for spec in recipe if rendition_id(spec) not in present):
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
