"""Develops a photo: from one version of an original to what is known of it, and its renditions' bytes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, BinaryIO

from function.contract import EXTENSIONS, Recipe, RenditionSpec
from function.errors import PhotoError
from function.formats import is_likely_photo
from function.keys import recipe_id, rendition_key, spec_id
from function.ports import Originals
from function.service import ledger
from function.service.litter import is_litter
from function.service.pairing import is_sidecar
from function.values import Description, Original, Photo, RenderedImage, Rendering, Rendition, State

Render = Callable[[BinaryIO, Recipe], Rendering]
# The photo, its key, when it was uploaded, and the sidecar to put over it.
Describe = Callable[[BinaryIO, str, datetime, bytes], Description]
SHOWN = (State.READY, State.PARTIAL)

LITTER = "A file that a system or a program keeps for itself, not a photo."
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

    def develop(self, original: Original, known: Photo | None = None) -> Developed:
        """Develop one version; what is wrong with the photo becomes its state. Raises GoneError.

        Of a photo that is known in this very version, only the renditions are made that it does not have.
        """
        developed = self._developed(original, self._kept(original, known), known)
        return replace(developed, photo=replace(developed.photo, ledger=ledger.developed(developed.photo)))

    def rendition_keys(self, key: str) -> tuple[str, ...]:
        """Where the recipe's renditions of the photo with this key lie."""
        return tuple(rendition_key(spec.name, key, spec.format) for spec in self.recipe)

    def _kept(self, original: Original, known: Photo | None) -> tuple[Rendition, ...]:
        if not known or known.state not in SHOWN or not known.version_id or known.version_id != original.version_id:
            return ()
        wanted = set(map(spec_id, self.recipe))
        current = [rendition for rendition in known.renditions if rendition.recipe in wanted]
        # One that is stored under a larger one's name is what that one is: they become stale together.
        own = {rendition.key for rendition in current if _is_own(rendition)}
        return tuple(rendition for rendition in current if rendition.key in own)

    def _developed(self, original: Original, kept: tuple[Rendition, ...], known: Photo | None) -> Developed:
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
        file = self.originals.open(self.originals_prefix + original.key, original.version_id)
        with file:
            photo = replace(photo, bytes=file.seek(0, 2), etag=file.etag and file.etag.strip('"'))
            try:
                made = self._rendered(photo, file, kept, known)
                return replace(made, photo=self._described(made.photo, file, original.uploaded))
            except PhotoError as error:
                return Developed(replace(photo, state=_state(error, photo.key), reason=str(error)))

    def _rendered(self, photo: Photo, file: BinaryIO, kept: tuple[Rendition, ...], known: Photo | None) -> Developed:
        kept = (*kept, *_served(self.recipe, kept))
        missing = tuple(spec for spec in self.recipe if spec_id(spec) not in {rendition.recipe for rendition in kept})
        if known and not missing:
            kept = _largest_first(kept)
            return Developed(replace(known, **_of_this_version(photo), renditions=kept))
        file.seek(0)
        rendering = self.render(file, missing)
        made = tuple((_stored(photo.key, image), image) for image in rendering.renditions)
        renditions = _largest_first((*kept, *(rendition for rendition, _ in made)))
        images = tuple((rendition, image) for rendition, image in made if not image.same_as)
        return Developed(replace(photo, **_seen(rendering), renditions=renditions), images)

    def _described(self, photo: Photo, file: BinaryIO, uploaded: datetime) -> Photo:
        file.seek(0)
        return told(replace(photo, sidecar=None), self.describe(file, photo.key, uploaded, b""))


def told(photo: Photo, description: Description) -> Photo:
    """The photo as it is described; without a date where none is known."""
    taken = description.taken
    return replace(
        photo,
        taken=taken.when if taken.is_known else None,
        taken_source=taken.source,
        taken_confidence=taken.confidence,
        taken_precision=taken.precision if taken.is_known else None,
        metadata=description.metadata,
    )


def _skipped(key: str) -> str | None:
    """Why a file of this name is not read as a photo."""
    return LITTER if is_litter(key) else SIDECAR if is_sidecar(key) else None


def _state(error: PhotoError, key: str) -> State:
    # What is no photo is nobody's trouble, unless somebody took it for one.
    return State.UNSUPPORTED if error.state == State.SKIPPED and is_likely_photo(key) else error.state


def _of_this_version(photo: Photo) -> dict[str, Any]:
    names = ("sequencer", "version_id", "uploaded", "updated", "recipe", "bytes", "etag")
    return {name: getattr(photo, name) for name in names}


def _seen(rendering: Rendering) -> dict[str, Any]:
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


def _served(recipe: Recipe, kept: Iterable[Rendition]) -> Iterator[Rendition]:
    """Yield a rendition for each part of the recipe that has none, where a larger one that is kept serves for it."""
    there = {rendition.recipe for rendition in kept}
    own = sorted(filter(_is_own, kept), key=lambda rendition: int(rendition.name))
    for spec in (spec for spec in recipe if spec_id(spec) not in there):
        larger = next((rendition for rendition in own if int(rendition.name) > spec.size), None)
        if larger and _serves(larger, spec):
            yield replace(larger, name=spec.name, recipe=spec_id(spec))


def _serves(larger: Rendition, spec: RenditionSpec) -> bool:
    same_format = larger.key.endswith(f".{EXTENSIONS[spec.format]}")
    return same_format and max(larger.width, larger.height) <= spec.size


def _largest_first(renditions: Iterable[Rendition]) -> tuple[Rendition, ...]:
    return tuple(sorted(renditions, key=lambda rendition: -int(rendition.name)))


def _stored(key: str, image: RenderedImage) -> Rendition:
    stored = image.same_as or image.spec
    return Rendition(
        name=image.spec.name,
        key=rendition_key(stored.name, key, stored.format),
        width=image.width,
        height=image.height,
        bytes=len(image.content),
        content_type=image.content_type,
        recipe=spec_id(image.spec),
    )
