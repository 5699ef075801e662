"""The api's entrance: one operation per route of the contract."""

import base64
import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from function.bootstrap import api
from function.errors import RequestError, ServiceUnavailableError
from function.handlers.encoding import compressed
from function.handlers.http.response import (
    Response,
    as_file,
    as_json,
    history,
    listing_etag,
    no_content,
    present_photo,
    present_related,
    unchanged,
)
from function.index import postings
from function.service import gallery_files
from function.service.browse.query import LARGEST_LIMIT, Query
from function.service.edit.annotate import LONGEST_ALBUM, LONGEST_CAPTION
from function.telemetry import log

Event = dict[str, Any]
# In photos of a page, and in characters: the page keeps to them, so that it is not refused.
LIMITS = {"page": LARGEST_LIMIT, "caption": LONGEST_CAPTION, "album": LONGEST_ALBUM}
# Gateways put it in place of bytes that are not UTF-8.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def handle(event: Event, _context: object) -> Response:
    """Answer one request of the HTTP API (payload format 2.0)."""
    return compressed(_answer(event), _headers(event))


def _answer(event: Event) -> Response:
    try:
        return OPERATIONS[event["routeKey"]](event)
    except RequestError as error:
        return as_json(error.status, {"message": str(error)})
    except ServiceUnavailableError as error:
        log.event("a request could not be answered", level=logging.WARNING, route=event["routeKey"], error=str(error))
        return as_json(503, {"message": "The library cannot be reached right now. Try again in a moment."})
    except Exception:  # noqa: BLE001 - whatever it is, nobody is shown a stack trace
        log.event("a request failed", level=logging.ERROR, route=event.get("routeKey"), exc_info=True)
        return as_json(500, {"message": "Something went wrong. The api function's log has the cause."})


def _page(event: Event) -> Response:
    return as_file(gallery_files.file("index.html"), _headers(event))


def _gallery(event: Event) -> Response:
    path = event["pathParameters"]["path"]
    if path == "config.json":
        return as_json(200, {"sign_in": _sign_in(), "facets": list(postings.FACETS), "limits": LIMITS})
    return as_file(gallery_files.file(path), _headers(event))


def _list(event: Event) -> Response:
    listing = api.photo_queries().listing(Query.of(_parameters(event)))
    etag = listing_etag(listing)
    if etag in _headers(event).get("if-none-match", ""):
        return unchanged(etag)
    return as_json(200, {"photos": [present_photo(photo) for photo in listing.photos], "cursor": listing.cursor}, etag)


def _get(event: Event) -> Response:
    photo = api.photo_queries().photo(event["pathParameters"]["id"])
    told = {"ledger": history(photo)}
    seen = {"labels": [asdict(label) for label in photo.labels or ()]}
    return as_json(200, {**present_photo(photo), **seen, **told, **present_related(api.photo_queries().kin(photo))})


def _values(event: Event) -> Response:
    term = event["pathParameters"]["term"]
    found = api.photo_queries().values(term, _parameters(event))
    return as_json(200, {"term": term, "values": found.values, "cursor": found.cursor})


def _write(event: Event) -> Response:
    return as_json(200, present_photo(api.annotator().write(event["pathParameters"]["id"], _body(event))))


def _delete(event: Event) -> Response:
    api.photo_queries().delete(event["pathParameters"]["id"])
    return no_content()


def _reprocess(event: Event) -> Response:
    api.photo_queries().reprocess(event["pathParameters"]["id"])
    return as_json(202, {"message": "The photo is being processed again. Look at it in a moment."})


def _parameters(event: Event) -> dict[str, str]:
    found: dict[str, str] = event.get("queryStringParameters") or {}
    return found


def _body(event: Event) -> str:
    """The request's body as text. Raises RequestError where it is not UTF-8."""
    body: str = event.get("body") or ""
    try:
        text = base64.b64decode(body).decode() if event.get("isBase64Encoded") else body
    except ValueError:
        text = REPLACEMENT
    if REPLACEMENT in text:
        raise RequestError("The body of a request is text in UTF-8, and this one is not.")
    return text


def _headers(event: Event) -> dict[str, str]:
    found: dict[str, str] = event.get("headers") or {}
    return found


def _sign_in() -> dict[str, str]:
    return api.settings().sign_in


OPERATIONS: dict[str, Callable[[Event], Response]] = {
    "GET /": _page,
    "GET /gallery/{path+}": _gallery,
    "GET /photos": _list,
    "GET /photos/{id}": _get,
    "PATCH /photos/{id}": _write,
    "DELETE /photos/{id}": _delete,
    "POST /photos/{id}/reprocess": _reprocess,
    "GET /terms/{term}": _values,
}
