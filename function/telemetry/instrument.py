"""Counts and times the use of a port and of clients, without a change to either."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from function.ports.messages import Announcements
from function.telemetry.metrics import Metrics
from function.values.photo import Photo

Client = TypeVar("Client")

# The metric of each operation's time. Other operations are not timed.
STAGES = {
    "GetObject": "ReadTime",
    "PutObject": "StoreTime",
    "GetItem": "IndexTime",
    "BatchGetItem": "IndexTime",
    "PutItem": "IndexTime",
    "BatchWriteItem": "IndexTime",
    "TransactWriteItems": "IndexTime",
    "PublishBatch": "AnnounceTime",
    "DetectLabels": "SeeTime",
    "DetectModerationLabels": "SeeTime",
}
STARTED = "safelight_started"


@dataclass(frozen=True)
class MeteredAnnouncements:
    """Announcements that count photos by their state."""

    announcements: Announcements
    metrics: Metrics

    def publish(self, events: Sequence[tuple[str, Photo]]) -> None:
        """Publish events, then count each photo by its state."""
        self.announcements.publish(events)
        for _, photo in events:
            self.metrics.add(f"Photos{photo.state.capitalize()}")


def instrument(client: Client, metrics: Callable[[], Metrics]) -> Client:
    """Register handlers that count and time the client's calls. Returns the client.

    `metrics` is called at each response, because every event has metrics of its own.
    """

    def before(context: dict[str, Any], **_: Any) -> None:
        context[STARTED] = time.perf_counter()

    def after(model: Any, parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        now = metrics()
        if (stage := STAGES.get(model.name)) and STARTED in context:
            now.add(stage, (time.perf_counter() - context[STARTED]) * 1000)
        if model.service_model.service_name == "rekognition":
            now.add("RekognitionCalls")
        if model.name == "GetObject" and (body := parsed.get("Body")):
            now.add("BytesRead", parsed["ContentLength"])
            body.read = now.timing("ReadTime", body.read)  # the call ends at the first byte

    events = client.meta.events  # type: ignore[attr-defined]  # every client has them, of whatever service
    events.register("before-call", before)
    events.register("after-call", after)
    return client
