"""The routes of facets."""

from function.bootstrap import api
from function.handlers.http import response
from function.handlers.http.request import Request
from function.handlers.http.response import Response
from function.handlers.routes.models import FacetValues


def list_values(request: Request) -> Response:
    """Lists the values of a facet in their order, each once, page by page."""
    facet = request.path["facet"]
    page = api.photo_queries().values(request.principal, facet, request.query)
    return response.json(FacetValues(facet, page.values, page.cursor))
