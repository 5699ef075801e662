"""The routes of the HTTP API, one line of data each.

The stack declares each route with its access level, the api function imports its handler, and `docs/api.md` is written
from it.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Access(IntEnum):
    """The access levels of routes, from the lowest to the highest: each role may use the routes up to its level."""

    PUBLIC = 0
    VIEWER = 1
    MEMBER = 2
    OWNER = 3


@dataclass(frozen=True)
class Route:
    """One route of the HTTP API.

    `key` is API Gateway's route key. `handler` names a module below `function.handlers.routes` and a function in it.
    `query` are the names of its query parameters, where FACET stands for each facet. `request` and `response` name the
    models of the two bodies in `function.handlers.routes.models`; a route without `response` answers with no JSON.
    """

    key: str
    handler: str
    access: Access
    query: tuple[str, ...] = ()
    request: str = ""
    response: str = ""

    @property
    def public(self) -> bool:
        """Whether the route is answered without a token."""
        return self.access is Access.PUBLIC

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self.key.split(" ")[0]

    @property
    def path(self) -> str:
        """The path, with its parameters in braces."""
        return self.key.split(" ")[1]


FACET: Final = "{facet}"
PAGE: Final = ("limit", "cursor")
FILTERS: Final = (FACET, "shelf", "from", "to")

ROUTES: Final = (
    Route("GET /", "gallery.index_page", Access.PUBLIC),
    Route("GET /gallery/{path+}", "gallery.file", Access.PUBLIC),
    Route("GET /photos", "photos.list_page", Access.VIEWER, query=(*FILTERS, *PAGE), response="PhotoPage"),
    Route("GET /photos/{id}", "photos.get", Access.VIEWER, response="PhotoDetail"),
    Route("PATCH /photos/{id}", "photos.annotate", Access.MEMBER, request="AnnotationChanges", response="Photo"),
    Route("DELETE /photos/{id}", "photos.delete", Access.MEMBER),
    Route("POST /photos/{id}/reprocess", "photos.reprocess", Access.MEMBER, response="Message"),
    Route("GET /facets/{facet}", "facets.list_values", Access.MEMBER, query=PAGE, response="FacetValues"),
)
