"""Makes the entries of a photo's ledger, which its owner reads."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from function.values.analysis import Label
from function.values.history import HistoryEntry
from function.values.photo import Photo, State

RECEIVED, DATED, RENDERED, RETRIED, DELETED = "received", "dated", "rendered", "retried", "deleted"
LABELLED, UNLABELLED = "labelled", "unlabelled"
# The start of the reason of photos that are not retried any more.
GIVEN_UP = "Taking it in was given up"
Entries = tuple[HistoryEntry, ...]
# A longer ledger keeps its first entry, the photo's arrival, and its newest ones.
MOST_ENTRIES = 40


def version_entries(photo: Photo) -> Entries:
    """Make the entries of developing one version of a photo: upload, date, renditions, and any state but ready."""
    entries = [HistoryEntry(photo.uploaded, RECEIVED)] if photo.uploaded else []
    if photo.taken:
        entries.append(_now(DATED, f"by {photo.taken_source}"))
    if photo.renditions:
        entries.append(_now(RENDERED, ", ".join(rendition.name for rendition in photo.renditions)))
    return (*entries, *(() if photo.state == State.READY else (_now(photo.state, photo.reason),)))


def retry_entries(reason: str) -> Entries:
    """Make the entry of a retry."""
    return (_now(RETRIED, reason),)


def label_entries(labels: Sequence[Label], reason: str = "nothing was seen that has a name") -> Entries:
    """Make the entry of an analysis: the number of labels, or the reason why there are none."""
    return (_now(LABELLED, f"{len(labels)} labels" if labels else reason),)


def labels_pending_entries(reason: str) -> Entries:
    """Make the entry of a photo that waits for labels."""
    return (_now(UNLABELLED, reason),)


def deletion_entries() -> Entries:
    """Make the entry of a deletion."""
    return (_now(DELETED),)


def extend(before: Photo | None, entries: Iterable[HistoryEntry]) -> Entries:
    """Return the ledger of the photo before with these entries appended, without repeated ones."""
    past = before.ledger if before else ()
    whole = (*past, *(entry for entry in entries if not _is_repeated(entry, past)))
    return whole if len(whole) <= MOST_ENTRIES else (whole[0], *whole[1 - MOST_ENTRIES :])


def _is_repeated(entry: HistoryEntry, past: tuple[HistoryEntry, ...]) -> bool:
    """Check whether an event that was delivered again made the entry: the same upload, or a second deletion."""
    if entry.what == DELETED:
        return bool(past) and past[-1].what == DELETED
    return entry.what == RECEIVED and entry in past


def _now(what: str, detail: str | None = None) -> HistoryEntry:
    return HistoryEntry(datetime.now(UTC), what, detail)
