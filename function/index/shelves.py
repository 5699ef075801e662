"""Derives a photo's shelf and its sort key on it."""

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
    """Return the name of the shelf for the photo's state."""
    return SHELVES[photo.state]


def sort_key(photo: Photo) -> str:
    """Return the photo's sort key on its shelf: `2006-10-04T12:00:00#id`.

    In the library the time is the local capture time, else the time of the upload. On other shelves it is the time of
    the last update.
    """
    when = (photo.taken or photo.uploaded) if shelf(photo) == LIBRARY else photo.updated
    return f"{_local_timestamp(when)}#{photo_id(photo.key)}"


def _local_timestamp(when: datetime | None) -> str:
    return (when or datetime.fromtimestamp(0, UTC)).replace(tzinfo=None).isoformat(timespec="seconds")
