"""Where a photo stands: its shelf, and its place in the shelf's order."""

from datetime import UTC, datetime

from function.index.keys import photo_id
from function.values.photo import Photo, State

LIBRARY, FAILED, SKIPPED, DELETED = "library", "failed", "skipped", "deleted"

SHELVES = {
    State.READY: LIBRARY,
    State.PARTIAL: LIBRARY,
    State.FLAGGED: LIBRARY,
    State.UNSUPPORTED: FAILED,
    State.FAILED: FAILED,
    State.SKIPPED: SKIPPED,
    State.DELETED: DELETED,
}


def shelf(photo: Photo) -> str:
    """The shelf that the photo's state puts it on."""
    return SHELVES[photo.state]


def sort_key(photo: Photo) -> str:
    """The photo's place in its shelf: when it was taken, on the clock of where it was taken, else when it came.

    What failed, was skipped or was deleted is sorted by when that happened.
    """
    when = (photo.taken or photo.uploaded) if shelf(photo) == LIBRARY else photo.updated
    return f"{_local_timestamp(when)}#{photo_id(photo.key)}"


def _local_timestamp(when: datetime | None) -> str:
    return (when or datetime.fromtimestamp(0, UTC)).replace(tzinfo=None).isoformat(timespec="seconds")
