"""Asks for labels: once per photo version, within a monthly budget, and only ever from a rendition."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from function.contract.recipe import RenditionSpec
from function.errors import OutcomeUnknownError, PhotoError, ServiceUnavailableError
from function.ports.index import Budget
from function.ports.objects import Renditions
from function.ports.vision import LabelDetector
from function.service import history
from function.service.ingest.develop import SHOWN, Render
from function.values.analysis import Label
from function.values.objects import Rendition
from function.values.photo import Photo

# A claim older than Lambda's longest time-out (15 minutes) is abandoned; another worker may take it.
CLAIM_TTL = timedelta(minutes=15)
# After a fault no call is made for this long, or each photo of an import would wait for a time-out of its own.
COOL_DOWN = timedelta(minutes=1)
# The analysed rendition: the smallest whose longest side has at least SIDE pixels, as a JPEG of at most MOST_BYTES.
SIDE, JPEG, MOST_BYTES = 1024, "image/jpeg", 5 << 20

SPENT = "the month's budget for Rekognition is spent; when there is budget again, the photo is labelled by itself"
FAULT = "Rekognition could not be asked ({}); it is tried again within a day"
STARTED = "Rekognition was asked, and has not answered yet"


@dataclass
class Labelling:
    """Asks for labels, without which a photo is still ready. `warn` is called with the reason when a pause begins.

    A photo with pending labels has `unlabelled`, the reason, and `asked`, the time of the last attempt.
    """

    detector: LabelDetector
    budget: Budget
    renditions: Renditions
    render: Render
    monthly_images: int
    now: Callable[[], datetime]
    warn: Callable[[str], None]
    _pause_end: tuple[datetime, str] | None = field(default=None, init=False)

    def is_due(self, photo: Photo) -> bool:
        """Check whether the photo has to be labelled now, or marked as waiting."""
        return _needs_labels(photo, self.now()) and not (photo.unlabelled and self._reason())

    def is_available(self) -> bool:
        """Check whether calls are made now, and not paused by a fault or a spent budget."""
        return self._reason() is None

    def claim(self, photo: Photo) -> Photo:
        """Claim a photo. Returns its next revision: the worker that writes it without a conflict makes the call."""
        return photo.revised(asked=self.now(), unlabelled=photo.unlabelled or STARTED, settled=False)

    def is_claimed(self, current: Photo, claimed: Photo) -> bool:
        """Check whether the current photo is still the version that was claimed, and without labels."""
        return current.state in SHOWN and current.labels is None and _is_same(current, claimed)

    def defer(self, photo: Photo) -> Photo:
        """Mark a photo that needs labels as waiting, while calls are paused. Returns other photos unchanged."""
        reason = self._reason()
        if not reason or photo.unlabelled or not _needs_labels(photo, self.now()):
            return photo
        return _with_pending_reason(photo, reason, self.now())

    def with_labels(self, photo: Photo) -> Photo:
        """Ask for a photo's labels. Returns it with labels or a reason; its ledger has the new entries only."""
        photo = replace(photo, ledger=())
        try:
            labels = self._labels(self._jpeg(photo))
        except PhotoError as error:
            return replace(photo, labels=(), unlabelled=None, ledger=history.label_entries((), str(error)))
        except ServiceUnavailableError as error:
            return _with_pending_reason(photo, self._reason() or FAULT.format(error), self.now())
        return replace(photo, labels=labels, unlabelled=None, ledger=history.label_entries(labels))

    def _labels(self, jpeg: bytes) -> tuple[Label, ...]:
        """Call the detector within the budget. Raises PhotoError for a refused picture, ServiceUnavailableError."""
        month = f"{self.now():%Y-%m}"
        if not self.budget.reserve(month, self.monthly_images):
            self._pause(_next_month(self.now()), SPENT)
            raise ServiceUnavailableError(SPENT)
        try:
            return self.detector.detect_labels(jpeg)
        except PhotoError:
            self.budget.release(month)
            raise
        except ServiceUnavailableError as error:
            self._pause(self.now() + COOL_DOWN, FAULT.format(error))
            if not isinstance(error, OutcomeUnknownError):
                self.budget.release(month)
            raise

    def _jpeg(self, photo: Photo) -> bytes:
        """Return a JPEG of the photo: a rendition, or made of one. Raises PhotoError, ServiceUnavailableError."""
        rendition = _nearest(photo.renditions)
        content = self.renditions.read(rendition.key)
        if len(content) != rendition.bytes:
            # All versions share the rendition's key, and labels of another version would be wrong.
            raise ServiceUnavailableError("its rendition is of another version by now")
        if _is_jpeg(rendition):
            return content
        return self.render(io.BytesIO(content), (RenditionSpec(SIDE),)).renditions[0].content

    def _pause(self, until: datetime, reason: str) -> None:
        self._pause_end = until, reason
        self.warn(reason)

    def _reason(self) -> str | None:
        """Return the reason of the present pause, or None."""
        return self._pause_end[1] if self._pause_end and self.now() < self._pause_end[0] else None


def carry_over_labels(before: Photo | None, photo: Photo) -> Photo:
    """Copy the labels of the photo before, where both have the same bytes, so that they are not analysed again."""
    is_ahead = photo.labels is not None or (photo.asked and before and before.labels is None)
    if not before or is_ahead or not _is_same(before, photo):
        return photo
    return replace(photo, labels=before.labels, asked=before.asked, unlabelled=before.unlabelled)


def merge_labels(current: Photo, labelled: Photo) -> Photo:
    """Apply new labels to the current photo, which another writer has changed meanwhile."""
    return replace(
        current,
        labels=labelled.labels,
        unlabelled=labelled.unlabelled,
        asked=labelled.asked,
        ledger=labelled.ledger,
    )


def _needs_labels(photo: Photo, now: datetime) -> bool:
    tried = photo.asked is not None and now - photo.asked < CLAIM_TTL
    return photo.state in SHOWN and bool(photo.renditions) and photo.labels is None and not tried


def _is_same(one: Photo, other: Photo) -> bool:
    same = (one.version_id, other.version_id), (one.etag, other.etag)
    return any(left is not None and left == right for left, right in same)


def _with_pending_reason(photo: Photo, reason: str, now: datetime) -> Photo:
    entries = () if photo.unlabelled == reason else history.labels_pending_entries(reason)
    return replace(photo, unlabelled=reason, asked=now, ledger=(*photo.ledger, *entries))


def _nearest(renditions: Iterable[Rendition]) -> Rendition:
    """Choose the smallest rendition of at least SIDE pixels, JPEGs first; else the largest."""

    def order(found: Rendition) -> tuple[bool, bool, int]:
        side = _side(found)
        return side < SIDE, not _is_jpeg(found), -side if side < SIDE else side

    return min(renditions, key=order)


def _side(rendition: Rendition) -> int:
    return max(rendition.width, rendition.height)


def _is_jpeg(rendition: Rendition) -> bool:
    return rendition.content_type == JPEG and rendition.bytes <= MOST_BYTES


def _next_month(now: datetime) -> datetime:
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)
