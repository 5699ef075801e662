"""Builds the ingest service with fakes: a photo is any bytes, and its one rendition is the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from function.contract.recipe import Recipe, RenditionSpec
from function.errors import BrokenImageError
from function.service.ingest.attempt import Attempts, WorkItem
from function.service.ingest.batch import Batch
from function.service.ingest.commit import Commit
from function.service.ingest.develop import Darkroom
from function.service.ingest.dispatch import Dispatcher
from function.service.ingest.finalize import Finalizer
from function.service.ingest.give_up import GiveUp
from function.service.ingest.intake import Ingest
from function.service.sidecars.sidecars import Sidecars
from function.telemetry.metrics import Metrics
from function.values.description import Confidence, Description, Metadata, Taken
from function.values.events import EventKind, ObjectEvent
from function.values.objects import ObjectVersion
from function.values.photo import Photo
from function.values.rendering import RenderedImage, Rendering
from tests.support.fakes import (
    NOON,
    FakeAnnouncements,
    FakeIndex,
    FakeOriginals,
    FakePostings,
    FakeRecords,
    FakeRenditions,
    version,
)

PREFIX, INBOX = "originals/", "inbox/"
RECIPE: Recipe = (RenditionSpec(64),)
BROKEN = b"broken"


@dataclass
class Pipeline:
    """The fakes, and the services over them."""

    originals: FakeOriginals = field(default_factory=FakeOriginals)
    renditions: FakeRenditions = field(default_factory=FakeRenditions)
    index: FakeIndex = field(default_factory=FakeIndex)
    records: FakeRecords = field(default_factory=FakeRecords)
    announcements: FakeAnnouncements = field(default_factory=FakeAnnouncements)
    clock: Callable[[], float] = lambda: 0.0

    def __post_init__(self) -> None:
        self.postings = FakePostings(self.index)
        sidecars = Sidecars(self.originals, PREFIX, describe)
        commit = Commit(self.renditions, self.index, self.records)
        finalizer = Finalizer(commit, self.postings, self.announcements, sidecars)
        darkroom = Darkroom(self.originals, PREFIX, RECIPE, render, describe)
        self.ingest = Ingest(self.originals, self.index, darkroom, finalizer, sidecars)
        actions = {
            (PREFIX, EventKind.CREATED): self.ingest.on_created,
            (PREFIX, EventKind.REMOVED): self.ingest.on_removed,
        }
        metrics = Metrics(None)
        give_up = GiveUp(PREFIX, INBOX, self.ingest.mark_failed, lambda *_: None)
        self.batch = Batch(
            self.ingest, Dispatcher(actions), Attempts(give_up, metrics, 3), metrics, PREFIX, 1, clock=self.clock
        )

    def upload(self, key: str, content: bytes = b"photo", receives: int = 1, sequencer: str = "01") -> WorkItem:
        """Put an object, and return the work item of its event; the message is named by the key."""
        self.originals.objects[PREFIX + key] = content
        original = ObjectVersion(PREFIX + key, version(content), sequencer, NOON)
        return WorkItem(key, receives, ObjectEvent(EventKind.CREATED, original))

    def photos(self) -> dict[str, Photo]:
        """Return the photos of the index by their keys."""
        return {photo.key: photo for photo in self.index.photos.values()}


def render(photo: BinaryIO, recipe: Recipe) -> Rendering:
    content = photo.read()
    if content == BROKEN:
        raise BrokenImageError("The photo is broken.")
    images = tuple(RenderedImage(spec, spec.size, spec.size, "image/jpeg", content) for spec in recipe)
    return Rendering("jpeg", 64, 64, "full", images, "", "0" * 16, ())


def describe(_photo: BinaryIO, _key: str, _uploaded: datetime, _sidecar: bytes) -> Description:
    return Description(Taken(NOON, "exif", Confidence.HIGH), Metadata(make="Nikon"))
