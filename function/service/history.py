"""What happened to a photo and when, as its owner is told."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from function.values.analysis import Label
from function.values.history import HistoryEntry
from function.values.photo import Photo, State

RECEIVED, DATED, RENDERED, RETRIED, DELETED = "received", "dated", "rendered", "retried", "deleted"
LABELLED, UNLABELLED = "labelled", "unlabelled"
# How the reason begins of what the stack has stopped to try.
GIVEN_UP = "Taking it in was given up"
Entries = tuple[HistoryEntry, ...]
# The first tells where the photo came from, the last what became of it.
MOST_ENTRIES = 40


def version_entries(photo: Photo) -> Entries:
    """What happened to one version of a photo, up to the state that it has come to."""
    entries = [HistoryEntry(photo.uploaded, RECEIVED)] if photo.uploaded else []
    if photo.taken:
        entries.append(_now(DATED, f"by {photo.taken_source}"))
    if photo.renditions:
        entries.append(_now(RENDERED, ", ".join(rendition.name for rendition in photo.renditions)))
    return (*entries, *(() if photo.state == State.READY else (_now(photo.state, photo.reason),)))


def retry_entries(reason: str) -> Entries:
    """That a photo is tried again."""
    return (_now(RETRIED, reason),)


def label_entries(labels: Sequence[Label], reason: str = "nothing was seen that has a name") -> Entries:
    """That somebody has looked at a photo, and how many labels came of it; or why none did."""
    return (_now(LABELLED, f"{len(labels)} labels" if labels else reason),)


def labels_pending_entries(reason: str) -> Entries:
    """That a photo has no labels yet."""
    return (_now(UNLABELLED, reason),)


def deletion_entries() -> Entries:
    """That a photo is deleted."""
    return (_now(DELETED),)


def extend(before: Photo | None, entries: Iterable[HistoryEntry]) -> Entries:
    """The ledger of the photo before, with these entries behind it."""
    past = before.ledger if before else ()
    whole = (*past, *(entry for entry in entries if not _is_repeated(entry, past)))
    return whole if len(whole) <= MOST_ENTRIES else (whole[0], *whole[1 - MOST_ENTRIES :])


def _is_repeated(entry: HistoryEntry, past: tuple[HistoryEntry, ...]) -> bool:
    """Whether it is the news of an event that came before: of one upload, of the removal that ended the ledger."""
    if entry.what == DELETED:
        return bool(past) and past[-1].what == DELETED
    return entry.what == RECEIVED and entry in past


def _now(what: str, detail: str | None = None) -> HistoryEntry:
    return HistoryEntry(datetime.now(UTC), what, detail)
