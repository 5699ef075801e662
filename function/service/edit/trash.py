"""Moves photos into the trash."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from function.contract.routes import Access
from function.index import postings
from function.ports.index import Index
from function.ports.objects import Originals
from function.service import history
from function.service.access import require
from function.service.browse.photos import PhotoQueries
from function.values.photo import State
from function.values.principal import Principal


@dataclass(frozen=True)
class Trash:
    """The trash: originals in it stay as older versions, as long as the stack keeps these."""

    photos: PhotoQueries
    index: Index
    originals: Originals
    originals_prefix: str

    def delete(self, principal: Principal, identifier: str) -> None:
        """Move the photo into the trash. Raises NotFoundError, RequestError, ForbiddenError."""
        require(principal, Access.MEMBER)
        photo = self.photos.original(principal, identifier)
        self.originals.delete(self.originals_prefix + photo.key)
        # The removal's own event does the rest; this keeps the photo out of the very next page.
        ledger = history.continued(photo, history.deleted())
        gone = photo.revised(state=State.DELETED, updated=datetime.now(UTC), ledger=ledger)
        self.index.put(replace(gone, stale_postings=postings.stale(photo, gone)))
