"""Ports and clients whose use is counted and timed; what is behind them does not know of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar

from function.metrics import Figures
from function.ports import Announcements, Originals, Stored
from function.values import Photo

Client = TypeVar("Client")

# The stage that a call belongs to; what is not here is not timed.
STAGES = {
    "PutObject": "StoreTime",
    "GetItem": "IndexTime",
    "PutItem": "IndexTime",
    "Publish": "AnnounceTime",
    "DetectLabels": "SeeTime",
    "DetectModerationLabels": "SeeTime",
}
STARTED = "safelight_started"


@dataclass(frozen=True)
class MeteredOriginals:
    """Originals, with the time that opening one takes."""

    originals: Originals
    figures: Figures

    def find(self, key: str, version_id: str | None = None) -> Stored | None:
        """What is stored under the key, or None."""
        return self.originals.find(key, version_id)

    def open(self, key: str, version_id: str | None) -> BinaryIO:
        """The bytes of one version, to be read and sought in."""
        return self.figures.timing("ReadTime", self.originals.open)(key, version_id)

    def copy(self, source: str, version_id: str | None, target: str) -> Stored | None:
        """Copy one version to another key, within the bucket; None where something lies there already."""
        return self.originals.copy(source, version_id, target)

    def delete(self, key: str, version_id: str | None = None) -> None:
        """Delete the object: into the trash, or one version for good."""
        self.originals.delete(key, version_id)


@dataclass(frozen=True)
class MeteredAnnouncements:
    """Announcements, with the state that each photo came to."""

    announcements: Announcements
    figures: Figures

    def publish(self, event: str, photo: Photo) -> None:
        """Tell of an event, and count the photo by its state once that is told."""
        self.announcements.publish(event, photo)
        self.figures.add(f"Photos{photo.state.capitalize()}")


def metered(client: Client, figures: Callable[[], Figures]) -> Client:
    """The client of an AWS service, whose calls are counted and timed in the figures of the moment."""

    def before(context: dict[str, Any], **_: Any) -> None:
        context[STARTED] = time.perf_counter()

    def after(model: Any, parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        now = figures()
        if (stage := STAGES.get(model.name)) and STARTED in context:
            now.add(stage, (time.perf_counter() - context[STARTED]) * 1000)
        if model.service_model.service_name == "rekognition":
            now.add("RekognitionCalls")
        if model.name == "GetObject":
            now.add("BytesRead", parsed.get("ContentLength", 0))

    events = client.meta.events  # type: ignore[attr-defined]  # every client has them, of whatever service
    events.register("before-call", before)
    events.register("after-call", after)
    return client
