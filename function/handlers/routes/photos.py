"""The routes of photos."""

from function.bootstrap import api
from function.handlers.http import params, response
from function.handlers.http.request import Request
from function.handlers.http.response import Response
from function.handlers.routes import models, present
from function.service.browse.query import Query


def list_page(request: Request) -> Response:
    """Lists photos of a shelf, or those that have one value of a facet, newest first, page by page."""
    page = api.photo_queries().listing(request.principal, Query.of(request.query))
    etag = present.listing_etag(page)
    if etag in request.headers.get("if-none-match", ""):
        return response.unchanged(etag)
    return response.json(present.page(page, api.renditions().sign), etag=etag)


def get(request: Request) -> Response:
    """Gives one photo with its labels, its ledger and the photos that belong to it."""
    photo = api.photo_queries().photo(request.principal, request.path["id"])
    related = api.photo_queries().related(request.principal, photo)
    return response.json(present.detail(photo, related, api.renditions().sign))


def annotate(request: Request) -> Response:
    """Writes the caption, the favourite or the albums of a photo; what the body does not name stays as it is."""
    changes = params.body(request, models.AnnotationChanges)
    photo = api.annotator().annotate(request.principal, request.path["id"], changes)
    return response.json(present.photo(photo, api.renditions().sign))


def delete(request: Request) -> Response:
    """Moves the original into the trash, where it stays for `safelight:trashDays`, and removes the photo."""
    api.trash().delete(request.principal, request.path["id"])
    return response.no_content()


def reprocess(request: Request) -> Response:
    """Has the photo processed again from its original, in a moment."""
    api.reprocessing().request(request.principal, request.path["id"])
    return response.json(models.Message("The photo is being processed again. Look at it in a moment."), 202)
