"""Looks photos up, one by one or page by page."""

from collections.abc import Mapping
from dataclasses import dataclass

from function.contract.routes import Access
from function.errors import NotFoundError, RequestError
from function.index import postings
from function.index.keys import is_outside, is_photo_id
from function.ports.index import Index, Page, PostingRange, PostingStore
from function.service.access import require
from function.service.browse.query import LONGEST_NAME, Query, cursor, limit, read_cursor
from function.service.browse.related import Related, find_related
from function.values.photo import Photo, State
from function.values.principal import Principal


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
    """Looks photos up for a principal; today each of them sees the whole library."""

    index: Index
    lists: PostingStore

    def listing(self, principal: Principal, query: Query) -> Listing:
        """One page of photos, newest first; what it reads depends on its limit, not on the size of the library."""
        require(principal, Access.VIEWER)
        page = self._list(query, query.term) if query.term else self._shelf(query)
        return Listing(page.photos, cursor(page.after))

    def values(self, principal: Principal, term: str, parameters: Mapping[str, str]) -> FacetPage:
        """One page of the values by which photos can be listed. Raises NotFoundError, RequestError."""
        require(principal, Access.MEMBER)
        if term not in postings.FACETS:
            raise NotFoundError(
                f"Unknown filter '{term[:LONGEST_NAME]}'. The filters are {', '.join(postings.FACETS)}."
            )
        wanted, after = limit(parameters), None
        if "cursor" in parameters:
            after = read_cursor(parameters["cursor"])
        if after is not None and (not after or postings.cleaned(after) != after):
            raise RequestError("cursor takes the cursor of the page before.")
        found = self.lists.values(term, after=after, limit=wanted)
        return FacetPage(found.values, cursor(found.after))

    def photo(self, principal: Principal, identifier: str) -> Photo:
        """The photo with this id. Raises NotFoundError."""
        require(principal, Access.VIEWER)
        found = self.index.get(identifier) if is_photo_id(identifier) else None
        if not found or found.state == State.DELETED:
            raise NotFoundError("There is no photo with this id.")
        return found

    def original(self, principal: Principal, identifier: str) -> Photo:
        """The photo with this id, which lies among the originals. Raises NotFoundError, RequestError."""
        found = self.photo(principal, identifier)
        if is_outside(found.key):
            raise RequestError("This file is still in the inbox. Try it again, or delete it there.")
        return found

    def related(self, principal: Principal, photo: Photo) -> Related:
        """The other photos that belong to this one."""
        require(principal, Access.VIEWER)
        return find_related(photo, self.index, self.lists)

    def _shelf(self, query: Query) -> Page:
        first, last = query.span
        return self.index.shelf(query.shelf, first=first, last=last, after=query.after, limit=query.limit)

    def _list(self, query: Query, term: str) -> Page:
        found = self.lists.listed(PostingRange(term, query.value, *query.span), after=query.after, limit=query.limit)
        known = self.index.get_many([posting.photo for posting in found.postings])
        return Page(postings.still_valid(found.postings, known), found.after)
