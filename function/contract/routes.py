"""The routes of the HTTP API, one line each."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Route:
    """One route of the HTTP API: its key as API Gateway writes it, and whether it asks for a token."""

    key: str
    public: bool = False


# The api function answers each of these with the operation of the same key.
ROUTES: Final = (
    Route("GET /", public=True),
    Route("GET /gallery/{path+}", public=True),
    Route("GET /photos"),
    Route("GET /photos/{id}"),
    Route("PATCH /photos/{id}"),
    Route("DELETE /photos/{id}"),
    Route("POST /photos/{id}/reprocess"),
    Route("GET /terms/{term}"),
)
