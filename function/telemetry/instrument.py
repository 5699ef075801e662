"""A port and clients whose use is counted and timed; what is behind them does not know of it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from function.ports.messages import Announcements
from function.telemetry.metrics import Metrics
from function.values.photo import Photo

Client = TypeVar("Client")

# The stage that a call belongs to; what is not here is not timed.
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
    """Announcements, with the state that each photo came to."""

    announcements: Announcements
    metrics: Metrics

    def publish(self, told: Sequence[tuple[str, Photo]]) -> None:
        """Tell of events, and count each photo by its state once that is told."""
        self.announcements.publish(told)
        for _, photo in told:
            self.metrics.add(f"Photos{photo.state.capitalize()}")


def metered(client: Client, figures: Callable[[], Metrics]) -> Client:
    """The client of an AWS service, whose calls are counted and timed in the figures of the moment."""

    def before(context: dict[str, Any], **_: Any) -> None:
        context[STARTED] = time.perf_counter()

    def after(model: Any, parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        now = figures()
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
