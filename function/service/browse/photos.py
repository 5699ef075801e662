"""Looks photos up, page by page, and puts one into the trash."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from function.errors import NotFoundError, RequestError
from function.index import postings
from function.index.keys import full_key, is_outside, is_photo_id
from function.ports.index import Index, Page, PostingRange, PostingStore
from function.ports.messages import Tasks
from function.ports.objects import Originals
from function.service import history
from function.service.browse import related
from function.service.browse.query import Query, cursor, limit, read_cursor
from function.values.photo import Photo, State

REPROCESS = "reprocess"


@dataclass(frozen=True)
class Listing:
    """A page of photos, and the cursor of the next one, where there is one."""

    photos: tuple[Photo, ...]
    cursor: str | None


@dataclass(frozen=True)
class FacetPage:
    """A page of the values of a term, and the cursor of the next one, where there is one."""

    values: tuple[str, ...]
    cursor: str | None


@dataclass(frozen=True)
class PhotoQueries:
    """The library as its owner looks at it."""

    index: Index
    postings: PostingStore
    originals: Originals
    originals_prefix: str
    tasks: Tasks

    def listing(self, query: Query) -> Listing:
        """One page of photos, newest first; what it reads depends on its limit, not on the size of the library."""
        page = self._list(query, query.term) if query.term else self._shelf(query)
        return Listing(page.photos, cursor(page.after))

    def values(self, term: str, parameters: Mapping[str, str]) -> FacetPage:
        """One page of the values by which photos can be listed. Raises NotFoundError, RequestError."""
        if term not in postings.FACETS:
            raise NotFoundError(f"There are no lists by {term}; there are {', '.join(postings.FACETS)}.")
        wanted, after = limit(parameters), None
        if "cursor" in parameters:
            after = read_cursor(parameters["cursor"])
        if after is not None and (not after or postings.cleaned(after) != after):
            raise RequestError("cursor takes the cursor of the page before.")
        found = self.postings.distinct_values(term, after=after, limit=wanted)
        return FacetPage(found.values, cursor(found.after))

    def photo(self, identifier: str) -> Photo:
        """The photo with this id. Raises NotFoundError."""
        found = self.index.get(identifier) if is_photo_id(identifier) else None
        if not found or found.state == State.DELETED:
            raise NotFoundError("There is no photo with this id.")
        return found

    def original(self, identifier: str) -> Photo:
        """The photo with this id, which lies among the originals. Raises NotFoundError, RequestError."""
        found = self.photo(identifier)
        if is_outside(found.key):
            raise RequestError("This file is in the inbox still: have it tried again, or delete it there.")
        return found

    def kin(self, photo: Photo) -> related.Related:
        """What other photos belong to this one."""
        return related.find_related(photo, self.index, self.postings)

    def delete(self, identifier: str) -> None:
        """Put the photo into the trash: its original stays as an older version, as long as the stack keeps these."""
        photo = self.original(identifier)
        self.originals.delete(self.originals_prefix + photo.key)
        # The removal's own event does the rest; this keeps the photo out of the very next page.
        told = history.extend(photo, history.deletion_entries())
        gone = photo.revised(state=State.DELETED, updated=datetime.now(UTC), ledger=told)
        self.index.put(replace(gone, stale_postings=postings.stale(photo, gone)))

    def reprocess(self, identifier: str) -> None:
        """Have the photo taken in again; the worker does it in a moment."""
        self.ask(REPROCESS, self.photo(identifier))

    def ask(self, task: str, photo: Photo) -> None:
        """Ask the worker for something with the photo."""
        self.tasks.send(task, [full_key(self.originals_prefix, photo.key)])

    def _shelf(self, query: Query) -> Page:
        first, last = query.span
        return self.index.shelf(query.shelf, first=first, last=last, after=query.after, limit=query.limit)

    def _list(self, query: Query, term: str) -> Page:
        found = self.postings.query(PostingRange(term, query.value, *query.span), after=query.after, limit=query.limit)
        known = self.index.get_many([posting.photo for posting in found.postings])
        return Page(postings.still_valid(found.postings, known), found.after)
