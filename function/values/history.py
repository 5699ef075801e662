"""Entries of the ledger of a photo."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class HistoryEntry:
    """A line of a photo's ledger: when something happened, what, and what there is to say of it."""

    when: datetime
    what: str
    detail: str | None = None
