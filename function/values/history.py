"""Defines the entries of a photo's ledger."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class HistoryEntry:
    """One entry of a photo's ledger: the time, the name of the event, and a detail."""

    when: datetime
    what: str
    detail: str | None = None
